// The generated TypeScript client at work. Arguments: base URL, key, base URL of a service with a low limit.
import { createClient } from "./client/client/index.js";
import { assertFact, getCompany, listCompanyFacts, lookUpFact } from "./client/sdk.gen.js";

const [base, key, limited] = process.argv.slice(2) as [string, string, string];
const client = createClient({ baseUrl: base });

const company = await getCompany({ client, path: { ref: "ticker:BABA" } });
if (!company.data) throw new Error("no company");
console.log("company", company.data.slug);

const share = await lookUpFact({
  client,
  query: { company: "alibaba-cloud", kind: "market_share", subject: "ai-cloud", known_at: "2025-12-31" },
});
if (!share.data || share.data.kind !== "market_share") throw new Error("no market share");
// narrowed by its kind: `share` is a field of this kind's value alone
console.log("share", share.data.value.share.value, share.data.value.share.unit, share.data.evidence);

let cursor: string | undefined;
let seen = 0;
do {
  const page = await listCompanyFacts({ client, path: { ref: "many-facts" }, query: { limit: 100, cursor } });
  if (!page.data) throw new Error("no page");
  seen += page.data.items.length;
  cursor = page.data.next ?? undefined;
} while (cursor);
console.log("facts", seen);

const written = await assertFact({
  client: createClient({ baseUrl: base, auth: key }),
  body: {
    kind: "statement",
    company: "alibaba-cloud",
    subject: `client-${crypto.randomUUID().slice(0, 8)}`,
    value: { text: "said through a generated client" },
    known_at: "2025-12-31",
    citations: [{ source: share.data.citations[share.data.citations.length - 1]!.source.id }],
  },
});
if (!written.data) throw new Error(JSON.stringify(written.error));
console.log("asserted", written.data.version, written.data.status);

const refused = await lookUpFact({
  client,
  query: { company: "alibaba", kind: "market_share", subject: "ai-cloud" },
});
if (!refused.error) throw new Error("no problem");
console.log("problem", refused.error.status, refused.error.type);

const few = createClient({ baseUrl: limited });
for (let asked = 0; ; asked++) {
  if (asked === 50) throw new Error("no limit was met");
  const answer = await getCompany({ client: few, path: { ref: "alibaba" } });
  if (answer.response?.status === 429) {
    await new Promise((woken) => setTimeout(woken, 1000 * Number(answer.response!.headers.get("Retry-After"))));
    const again = await getCompany({ client: few, path: { ref: "alibaba" } });
    console.log("retried", again.response?.status);
    break;
  }
}
