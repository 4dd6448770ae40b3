import { describe, expect, it } from "vitest";
import { hrefTo, type PageName, paths, placeAt } from "./routes.ts";

describe("an address", () => {
  it.each(Object.keys(paths) as PageName[])("of %s leads back to it", (page) => {
    const id = paths[page].includes(":id") ? "request_01jgfjjz00e008000000000000" : "";
    const place = placeAt(hrefTo(page, id), "");
    expect([place.page, place.id]).toEqual([page, id]);
  });
  it.each([
    ["/console", "today"],
    ["/console/", "today"],
    ["/console/requests/", "requests"],
    ["/console/requests/new", "newRequest"],
    ["/console/requests/a/b", "notFound"],
    ["/console/nothing", "notFound"],
    ["/elsewhere", "notFound"],
  ])("%s is %s", (pathname, page) => {
    expect(placeAt(pathname, "").page).toBe(page);
  });
  it("takes any identifier without breaking", () => {
    expect(placeAt("/console/people/%E0%A4%A", "").id).toBe("%E0%A4%A");
    expect(placeAt(hrefTo("person", "a/b?c"), "").id).toBe("a/b?c");
  });
  it("leaves filters out that are not set", () => {
    expect(hrefTo("requests", "", { state: undefined, kind: "" })).toBe("/console/requests");
    expect(hrefTo("requests", "", { state: "all" })).toBe("/console/requests?state=all");
  });
});
