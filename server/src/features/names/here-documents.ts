import type { HereDocument } from "../../syntax/dockerfile/tree.ts";
import { span } from "../../text/span.ts";
import type { Mention, Place } from "./name.ts";
import type { DockerfileSource } from "./sources.ts";

/** The words that end here-documents of a Dockerfile: where they are given, and the lines that close them. */
export function hereDocumentMentions({ path, model }: DockerfileSource): readonly Mention[] {
  const { text, instructions } = model.file;
  return instructions.flatMap(({ hereDocuments }) =>
    hereDocuments.flatMap((document): readonly Mention[] => {
      const { name, span: opening, terminator } = document;
      const at = text.slice(opening.start, opening.end).indexOf(name);
      if (name === "" || at < 0) return [];
      const scope = hereDocumentScope(path, document);
      const place = (start: number): Place => ({
        text: name,
        span: span(start, start + name.length),
        rewrite: "name",
      });
      return [
        { kind: "here-document", role: "declaration", place: place(opening.start + at), file: path, scope },
        ...(terminator
          ? [
              {
                kind: "here-document",
                role: "use",
                place: place(terminator.end - name.length),
                file: path,
                scope,
              } as const,
            ]
          : []),
      ];
    }),
  );
}

/** Many in a file may have one name: each is its own. */
export function hereDocumentScope(path: string, { span: { start } }: HereDocument): string {
  return `${path}#${start}`;
}
