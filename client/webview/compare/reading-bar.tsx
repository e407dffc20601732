import type { Reading } from "../../src/shared/compare-messages.ts";
import { formatBytes } from "../../src/shared/figures.ts";
import { host } from "./host.ts";

const what =
  "Reading the files tells sizes to the byte, what is carried for nothing, and which files differ.";

interface ReadingProps {
  readonly reading: Reading | undefined;
}

/** Offers to read the images' files, and says how far that is. */
export function ReadingBar({ reading }: ReadingProps) {
  return (
    <>
      <p class="for-readers" role="status">
        {reading?.is === "reading"
          ? "Reading the files."
          : reading?.is === "read"
            ? "The files were read."
            : ""}
      </p>
      <Offer reading={reading} />
    </>
  );
}

function Offer({ reading }: ReadingProps) {
  const read = () => host.tell({ kind: "read-files" });
  switch (reading?.is) {
    case undefined:
    case "read":
      return null;
    case "listing":
      return (
        <section class="reading" aria-label="Files">
          <p>Listing the files…</p>
          <progress aria-label="Listing the files" />
          <button type="button" class="secondary" onClick={() => host.tell({ kind: "stop-reading" })}>
            Stop
          </button>
        </section>
      );
    case "unread":
      return (
        <section class="reading" aria-label="Files">
          <p>{what}</p>
          <button type="button" class="primary" onClick={read}>
            Read files{reading.bytes > 0 && ` · ${formatBytes(reading.bytes)}`}
          </button>
        </section>
      );
    case "failed":
      return (
        <section class="reading" aria-label="Files">
          <p role="alert">{reading.message}</p>
          <button type="button" class="primary" onClick={read}>
            Read files again
          </button>
        </section>
      );
    case "reading":
      return (
        <section class="reading" aria-label="Files">
          <p>
            {reading.bytes === 0
              ? "The engine packs the images…"
              : `${formatBytes(reading.bytes)} of about ${formatBytes(reading.of)} read`}
          </p>
          <progress
            aria-label="Reading the files"
            {...(reading.bytes > 0 && { value: reading.bytes, max: Math.max(reading.of, 1) })}
          />
          <button type="button" class="secondary" onClick={() => host.tell({ kind: "stop-reading" })}>
            Stop
          </button>
        </section>
      );
  }
}
