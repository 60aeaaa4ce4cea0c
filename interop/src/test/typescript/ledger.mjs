// Every executed run appends a line "<invocation> <step> <time>" to a file before its result is proposed: what really ran,
// whatever was killed since.
import { appendFileSync } from "node:fs";

export const ledger = (restate, file) => {
  const step = (ctx, name, work) =>
    ctx.run(name, () => {
      appendFileSync(file, `${ctx.request().id} ${name} ${Date.now()}\n`);
      return work;
    });
  const work = async (ctx, { steps, seed }) => {
    let sum = seed;
    for (let i = 0; i < steps; i++) {
      sum += await step(ctx, `sequential-${i}`, i);
      if (i % 3 === 0) await ctx.sleep(5);
    }
    const parallel = Array.from({ length: steps }, (_, i) => step(ctx, `parallel-${i}`, i));
    for (const value of await restate.RestatePromise.all(parallel)) sum += value;
    const count = await ctx.genericCall({
      service: "Tally",
      method: "add",
      key: `tally-${seed % 5}`,
      parameter: 1,
      inputSerde: restate.serde.json,
      outputSerde: restate.serde.json,
    });
    if (count < 1) throw new restate.TerminalError("the tally lost its state");
    return sum;
  };
  const retryPolicy = { initialInterval: 20, maxInterval: 200, exponentiationFactor: 2 };
  return [
    restate.service({ name: "Ledger", handlers: { work }, options: { retryPolicy } }),
    restate.object({
      name: "Tally",
      handlers: {
        add: async (ctx, n) => {
          const count = ((await ctx.get("count")) ?? 0) + n;
          ctx.set("count", count);
          await step(ctx, "added", count);
          return count;
        },
        count: async (ctx) => (await ctx.get("count")) ?? 0,
      },
      options: { retryPolicy },
    }),
  ];
};
