// Handlers that are interrupted, by signals, cancellations and pauses, and steps that wait until a client lets them go.
const gates = new Map();

/** Where the step of an invocation waits. It counts who has come in. */
function gateOf(id) {
  if (!gates.has(id)) {
    let open;
    const opened = new Promise((done) => (open = done));
    gates.set(id, { entered: 0, opened, open });
  }
  return gates.get(id);
}

export function interrupted({ call, put, awakeable }) {
  const gated = (ctx) => {
    const gate = gateOf(ctx.request().id.toString());
    return ctx.run("gated", async () => {
      gate.entered++;
      await gate.opened;
    });
  };
  const undoing = {
    call: (ctx, cell) => call(ctx, "waitForAwakeable", cell),
    sleep: (ctx) => ctx.sleep(600_000),
    awakeable: (ctx, cell) => awakeable(ctx, cell),
    run: (ctx) => gated(ctx),
  };

  return {
    gated: async (ctx) => {
      await gated(ctx);
      return gateOf(ctx.request().id.toString()).entered;
    },
    entered: async (ctx, id) => gateOf(id).entered,
    letGo: async (ctx, id) => gateOf(id).open(),
    // Cancelled, it undoes something that takes long, until it is cancelled once more.
    undo: async (ctx, { cell, how }) => {
      try {
        return await awakeable(ctx, cell);
      } catch (first) {
        try {
          await undoing[how](ctx, `${cell}-undo`);
        } catch (second) {
          put(ctx, cell, "undone", `${first.code} ${second.code}`);
          throw second;
        }
        throw first;
      }
    },
    // Signals of one name: makes promises of them, takes the first or the last of these, and waits or tells between.
    signals: async (ctx, { cell, plan }) => {
      const made = [];
      const taken = [];
      for (const step of plan) {
        if (step === "make") made.push(ctx.signal("go"));
        else if (step === "take") taken.push(await made.shift());
        else if (step === "take last") taken.push(await made.pop());
        else if (step === "wait") await awakeable(ctx, cell);
        else put(ctx, cell, step, taken.length);
      }
      return taken;
    },
  };
}
