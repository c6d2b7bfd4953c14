import type { HttpRequest, Native } from "./native.js";
import type { HostOptions, ProviderProperties } from "./options.js";

/**
 * The request with the host's name in it, for the service's logs: a header that is not signed. Where the
 * module names no host (browsers say themselves who asks) it is as it was.
 */
export async function named(
  request: HttpRequest,
  { userAgent }: Native,
  host: HostOptions,
  { callerClientConfig }: ProviderProperties,
): Promise<HttpRequest> {
  if (userAgent === undefined) return request;
  const given = [host.clientConfig, host.parentClientConfig, callerClientConfig];
  const id = await applicationId(given.find((config) => config?.userAgentAppId !== undefined)?.userAgentAppId);
  const value = id === undefined ? userAgent : `${userAgent} app/${id}`;
  return { ...request, headers: [...request.headers, ["User-Agent", value]] };
}

/** As the SDK's clients keep it: a text, or a function that knows it by and by. */
async function applicationId(given: unknown): Promise<string | undefined> {
  const id: unknown = typeof given === "function" ? await given() : given;
  // What may stand in the header, at most 50 of it (AWS SDKs and Tools reference guide, "Application ID").
  return typeof id === "string" && id !== "" ? id.replace(/[^\w!#$%&'*+.^`|~-]/g, "-").slice(0, 50) : undefined;
}
