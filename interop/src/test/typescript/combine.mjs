// Builds a tree of promises from a plan, as {"all": [{"value": "a"}, {"race": [{"sleep": 10}, {"never": true}]}]}.

const combinators = ["all", "any", "race", "allSettled"];

const settled = ({ status, value, reason }) => (status === "fulfilled" ? { value } : { reason: reason.message });

export async function combine(restate, ctx, plan, call) {
  let names = 0;
  const leaf = (node) => {
    if ("value" in node) return ctx.run(`value-${names++}`, () => node.value);
    if ("sleep" in node) return ctx.sleep(node.sleep).map(() => "slept");
    if ("call" in node) return call(ctx, "greet", node.call);
    if ("fail" in node)
      return ctx.run(`fail-${names++}`, () => {
        throw new restate.TerminalError(node.fail, { errorCode: 400 });
      });
    return ctx.awakeable().promise;
  };
  const build = (node) => {
    const how = combinators.find((name) => name in node);
    const promise = how ? restate.RestatePromise[how](node[how].map(build)) : leaf(node);
    return "orTimeout" in node ? promise.orTimeout(node.orTimeout) : promise;
  };
  try {
    const result = await build(plan);
    return "allSettled" in plan ? result.map(settled) : result;
  } catch (failure) {
    const errors = failure.errors?.map((error) => error.message);
    throw errors ? new restate.TerminalError(`none: ${errors}`) : failure;
  }
}
