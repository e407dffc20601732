import { expect, test } from "vitest";
import { shippedImages } from "../../../server/src/model/image/shipped-images.ts";
import { KnownImages } from "../../../server/src/workspace/known-images.ts";
import { reading } from "../../support/images/readings.ts";

const digest = `sha256:${"0".repeat(64)}`;
const here = { reading: reading(), isHere: true };

test("a name means the same however it is written", () => {
  const images = new KnownImages(shippedImages);
  images.set("docker.io/library/alpine", here);
  expect(images.find({ name: "alpine", tag: "latest", digest: undefined })?.readFrom).toBeDefined();
  expect(images.find({ name: "alpine", tag: undefined, digest: undefined })?.readFrom).toBeDefined();
  expect(images.find({ name: "alpine", tag: "3.24", digest: undefined })?.readFrom).toBeUndefined();
});

test("a digest is an image of its own, whatever tag stands before it", () => {
  const images = new KnownImages(shippedImages);
  images.set(`alpine:3.24@${digest}`, here);
  expect(images.find({ name: "alpine", tag: undefined, digest })?.readFrom).toBeDefined();
  expect(images.find({ name: "alpine", tag: "3.24", digest: undefined })?.readFrom).toBeUndefined();
});

test("changes its generation exactly when answers change", () => {
  const images = new KnownImages(shippedImages);
  const changes = (act: () => void) => {
    const before = images.generation;
    act();
    return images.generation !== before;
  };
  expect(changes(() => images.set("a:1", undefined))).toBe(false);
  expect(changes(() => images.set("a:1", here))).toBe(true);
  expect(changes(() => images.set("a:1", { ...here }))).toBe(false);
  expect(changes(() => images.set("a:1", { ...here, isHere: false }))).toBe(true);
  expect(changes(() => images.set("a:1", undefined))).toBe(true);
  expect(images.find({ name: "a", tag: "1", digest: undefined })).toBeUndefined();
});

test("completion offers what the table has, and what the engine has besides", () => {
  const images = new KnownImages(shippedImages);
  images.setNames(["company/base:8", "company/base:7", "docker.io/library/alpine:mine"]);
  expect(images.names()).toEqual([...shippedImages.names(), "company/base"]);
  expect(images.tags("company/base")).toEqual(["8", "7"]);
  expect(images.tags("alpine")[0]).toBe("mine");
  images.setNames([]);
  expect(images.names()).toEqual(shippedImages.names());
  expect(images.tags("alpine")).toEqual(shippedImages.tags("alpine"));
});
