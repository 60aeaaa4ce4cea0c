// The services of the kill test: whatever runs is noted in a file that outlives the process, LEDGER_FILE. A line is
// "executed <invocation> <step> <value>" when a step runs, and "seen …" when the handler has its result.
import { randomUUID } from "node:crypto";
import { appendFileSync } from "node:fs";

export function ledger(restate) {
  const note = (ctx, what, step, value) =>
    appendFileSync(process.env.LEDGER_FILE, `${what} ${ctx.request().id} ${step} ${value}\n`);
  const run = (ctx, step) =>
    ctx.run(step, () => {
      const value = randomUUID();
      note(ctx, "executed", step, value);
      return value;
    });
  const seen = (ctx, step, value) => {
    note(ctx, "seen", step, value);
    return value;
  };
  const add = (tally) => ({ service: "TallyTs", key: tally, method: "add", inputSerde: restate.serde.json });

  const work = async (ctx, { steps, tally }) => {
    const values = [];
    for (let i = 0; i < steps; i++) values.push(seen(ctx, `step-${i}`, await run(ctx, `step-${i}`)));
    const [left, right] = await restate.RestatePromise.all([run(ctx, "left"), run(ctx, "right")]);
    values.push(seen(ctx, "left", left), seen(ctx, "right", right));
    ctx.genericSend({ ...add(tally), parameter: 1 });
    await ctx.sleep(20);
    await ctx.genericCall({ ...add(tally), parameter: 1, outputSerde: restate.serde.json });
    values.push(seen(ctx, "last", await run(ctx, "last")));
    return values;
  };

  return [
    restate.service({ name: "LedgerTs", handlers: { work }, options: { retryPolicy } }),
    restate.object({
      name: "TallyTs",
      options: { retryPolicy },
      handlers: {
        add: async (ctx, n) => ctx.set("sum", ((await ctx.get("sum")) ?? 0) + n),
        sum: async (ctx) => ctx.get("sum"),
      },
    }),
  ];
}

// A process may be down for long: nothing gives up.
const retryPolicy = { initialInterval: 20, maxInterval: 200, exponentiationFactor: 2, maxAttempts: 1_000_000 };
