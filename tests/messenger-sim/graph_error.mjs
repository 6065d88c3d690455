// The errors of the Graph API that the simulator answers, by name.
// Source: developers.facebook.com, "Messenger Platform: error codes" (2026-06-25).

const BAD = { status: 400, type: "OAuthException" };
const METHOD = { status: 400, type: "GraphMethodException" };

const ERRORS = {
  token_missing: { status: 401, type: "OAuthException", code: 104, message: "An access token is required to request this resource." },
  token_invalid: { status: 401, type: "OAuthException", code: 190, message: "Invalid OAuth access token." },
  proof_missing: { ...METHOD, code: 100, message: "API calls from the server require an appsecret_proof argument" },
  proof_invalid: { ...METHOD, code: 100, message: "Invalid appsecret_proof provided in the API argument" },
  bad_parameter: { ...BAD, code: 100, message: "(#100) Invalid parameter" },
  unknown_object: { ...METHOD, code: 100, subcode: 33, message: "Unsupported request: the object does not exist or cannot be loaded" },
  unknown_path: { ...BAD, code: 2500, message: "Unknown path components" },
  no_such_user: { ...BAD, code: 100, subcode: 2018001, message: "(#100) No matching user found" },
  removed_tag: { ...BAD, code: 100, message: "(#100) Invalid tag: only HUMAN_AGENT is supported" },
  unknown_template: { ...BAD, code: 100, message: "(#100) The utility template is not approved for this page" },
  outside_window: { ...BAD, code: 10, subcode: 2018278, message: "(#10) This message is sent outside of allowed window." },
  not_owner: { ...BAD, code: 10, subcode: 2018300, message: "(#10) Message not sent: another app is controlling this thread now." },
  opted_out: { ...BAD, code: 10, subcode: 1893015, message: "(#10) The user stopped notifications from this page." },
  page_restricted: { ...BAD, code: 10, subcode: 1893063, message: "(#10) This page is temporarily restricted from sending messages." },
  human_agent_not_granted: { status: 403, type: "OAuthException", code: 200, message: "(#200) The human agent permission is not granted." },
  unavailable: { ...BAD, code: 551, subcode: 1545041, message: "(#551) This person isn't available right now." },
  sent_but_error: { status: 500, type: "OAuthException", code: 1, subcode: 1357046, message: "An unknown error occurred" },
  server_error: { status: 503, type: "OAuthException", code: 2, message: "Service temporarily unavailable" },
  throttled: { status: 429, type: "OAuthException", code: 613, message: "(#613) Calls to this api have exceeded the rate limit." },
};

/** A refusal that `graph.mjs` turns into a response. `change` overrides status, code, subcode or message. */
export class GraphError extends Error {
  constructor(name, change = {}) {
    const known = ERRORS[name];
    const { status, type, code, subcode, message } = { ...known, ...withoutNulls(change) };
    super(message);
    Object.assign(this, { status, type, code, subcode });
  }

  body(traceId) {
    const { type, code, subcode, message } = this;
    return { error: { message, type, code, ...(subcode ? { error_subcode: subcode } : {}), fbtrace_id: traceId } };
  }
}

function withoutNulls(change) {
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== null && value !== undefined));
}
