// Does what the official client can do: node client.mjs <ingress> <variant> <key>. Prints one line for each outcome.
import * as clients from "@restatedev/restate-sdk-clients";

const [url, variant, key] = process.argv.slice(2);
const ingress = clients.connect({ url, retry: true });
const { opts, sendOpts } = clients.rpc;
const [Ops, Hidden, Cell, Flow] = ["Ops", "Hidden", "Cell", "Flow"].map((name) => ({ name: name + variant }));
const ops = ingress.serviceClient(Ops);
const sending = ingress.serviceSendClient(Ops);

async function tell(what, promise) {
  try {
    const result = await promise;
    console.log(`${what}: ${JSON.stringify(result)}`);
    return result;
  } catch (failure) {
    if (failure.responseText === undefined) throw failure;
    console.log(`${what}: ${failure.status} ${failure.responseText}`);
  }
}

async function awakeableOf(cell) {
  for (;;) {
    const id = await ingress.objectClient(Cell, cell).peek("awakeable");
    if (id) return id;
    await new Promise((done) => setTimeout(done, 20));
  }
}

async function services() {
  await tell("call", ops.greet("Ada"));
  await tell("call with headers", ops.headers(null, opts({ headers: { "x-lab": "1" } })));
  await tell("call by name", ingress.call({ service: Ops.name, handler: "greet", parameter: "Bob" }));
  await tell("object", ingress.objectClient(Cell, `${key} ä/1`).add(3));
  await tell("sent to an object", ingress.objectSendClient(Cell, `${key} ä/1`).add(4));
  await tell("object again", ingress.objectClient(Cell, `${key} ä/1`).add(0));
  const sent = await tell("send", sending.greet("Ada", sendOpts({ idempotencyKey: `${key}-send` })));
  await tell("its result", ingress.result(sent));
  const late = await tell("delay", sending.greet("late", sendOpts({ idempotencyKey: `${key}-late`, delay: { seconds: 1 } })));
  await tell("its result", ingress.result(late));
  const stamp = await ops.stamp(null, opts({ idempotencyKey: key }));
  await tell("the same again", ops.stamp(null, opts({ idempotencyKey: key })).then((again) => again === stamp));
  await tell("sent again", sending.stamp(null, sendOpts({ idempotencyKey: key })));
}

async function failures() {
  await tell("failed", ops.fail({ code: 418, message: "teapot", metadata: { why: "a test" } }));
  const failed = await sending.fail({ code: 503, message: "later" }, sendOpts({ idempotencyKey: `${key}-failed` }));
  await tell("failed later", ingress.result(failed));
  await tell("private", ingress.serviceClient(Hidden).greet("Ada"));
  await tell("no such handler", ops.nothing("Ada"));
  await tell("no such service", ingress.serviceClient({ name: "Nobody" }).greet("Ada"));
}

async function workflows() {
  const flow = ingress.workflowClient(Flow, key);
  await tell("unknown workflow", flow.workflowOutput());
  await tell("submit", flow.workflowSubmit("input"));
  await tell("submit again", flow.workflowSubmit("other"));
  await tell("output", flow.workflowOutput().then(({ ready }) => ready));
  await tell("go", flow.go("now"));
  await tell("attach", flow.workflowAttach());
  await tell("output", flow.workflowOutput());
  const stopped = ingress.workflowClient(Flow, `${key}-stopped`);
  const submission = await tell("submit", stopped.workflowSubmit("input", sendOpts({ delay: 1 })));
  await tell("stop", stopped.stop("never mind"));
  await tell("attach", stopped.workflowAttach());
  await tell("output", stopped.workflowOutput());
  await tell("result", ingress.result(submission));
}

async function awakeables() {
  for (const [how, complete] of [
    ["resolve", (id) => ingress.resolveAwakeable(id, { from: "outside" })],
    ["reject", (id) => ingress.rejectAwakeable(id, "not this time")],
  ]) {
    const cell = `${key}-${how}`;
    const waiting = await sending.waitForAwakeable(cell, sendOpts({ idempotencyKey: cell }));
    await tell(how, complete(await awakeableOf(cell)));
    await tell("its result", ingress.result(waiting));
  }
  await tell("no awakeable", ingress.resolveAwakeable("nonsense", 1));
}

await services();
await failures();
await workflows();
await awakeables();
