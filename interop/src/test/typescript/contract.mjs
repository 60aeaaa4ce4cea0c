// The services of the contract in the TypeScript SDK. Their names end with the variant, so that one server can hold them all.
import { randomUUID } from "node:crypto";
import { combine } from "./combine.mjs";
import { interrupted } from "./interrupted.mjs";

const attempts = new Map();

/** How often this process has begun the invocation, this time included. */
function attemptOf(ctx) {
  const id = ctx.request().id.toString();
  attempts.set(id, (attempts.get(id) ?? 0) + 1);
  return attempts.get(id);
}

const transient = (restate) => new Error("not yet");

export function contract(restate, variant, options) {
  const named = (service) => service + variant;
  const json = { inputSerde: restate.serde.json, outputSerde: restate.serde.json };
  const ops = "Ops" + variant;
  const call = (ctx, method, parameter, more = {}) =>
    ctx.genericCall({ service: ops, method, parameter, ...json, ...more });
  const put = (ctx, cell, name, value) =>
    ctx.genericSend({
      service: "Cell" + variant,
      method: "set",
      key: cell,
      parameter: { name, value },
      inputSerde: restate.serde.json,
    });
  const awakeable = (ctx, cell) => {
    const { id, promise } = ctx.awakeable();
    put(ctx, cell, "awakeable", id);
    return promise;
  };
  const target = ({ service, ...rest }) => ({ service: named(service), ...rest, inputSerde: restate.serde.json });

  const basics = {
    greet: async (ctx, name) => `Hello ${name}`,
    blob: async (ctx, length) => "x".repeat(length),
    measure: async (ctx, text) => text.length,
    headers: async (ctx) => Object.fromEntries([...ctx.request().headers].filter(([name]) => name.startsWith("x-lab"))),
    fail: async (ctx, { code, message, metadata }) => {
      throw new restate.TerminalError(message, { errorCode: code, metadata });
    },
    unstable: async (ctx, failures) => {
      const attempt = attemptOf(ctx);
      if (attempt <= failures) throw transient(restate);
      return attempt;
    },
    // Silent for long at first: only a server that gives up on it hears of it sooner.
    stuck: async (ctx) => {
      const attempt = attemptOf(ctx);
      if (attempt === 1) await new Promise((done) => setTimeout(done, 60_000));
      return attempt;
    },
    diverge: restate.handlers.handler(
      { retryPolicy: { maxAttempts: 2, initialInterval: 10, onMaxAttempts: "kill" } },
      async (ctx) => {
        if (attemptOf(ctx) > 1) return ctx.run("other", () => "other");
        await ctx.sleep(500); // long enough to be suspended, where whoever waits is
        throw transient(restate);
      },
    ),
    pauses: restate.handlers.handler(
      { retryPolicy: { maxAttempts: 2, initialInterval: 10, onMaxAttempts: "pause" } },
      async (ctx) => {
        if (attemptOf(ctx) <= 2) throw transient(restate);
        return "resumed";
      },
    ),
  };

  const steps = {
    steps: async (ctx, count) => {
      const done = [];
      for (let i = 0; i < count; i++) done.push(await ctx.run(`step-${i}`, () => i));
      return done;
    },
    flaky: async (ctx, failures) => {
      const work = () => {
        if (attemptOf(ctx) <= failures) throw transient(restate);
        return "done";
      };
      return ctx.run("flaky", work, { initialRetryInterval: 5, retryIntervalFactor: 1 });
    },
    exhausted: async (ctx) => {
      const work = () => {
        throw new Error("no luck");
      };
      return ctx.run("exhausted", work, { maxRetryAttempts: 2, initialRetryInterval: 5 });
    },
    tries: async (ctx, timers) => {
      const counted = "tries of " + ctx.request().id.toString();
      const work = () => {
        attempts.set(counted, (attempts.get(counted) ?? 0) + 1);
        throw new Error("no luck");
      };
      const step = ctx.run("tries", work, { maxRetryAttempts: 3, initialRetryInterval: 5 });
      for (let i = 1; i <= timers; i++) ctx.sleep(2 * i);
      try {
        await step;
      } catch (e) {
        return ctx.run("count", () => attempts.get(counted));
      }
      throw new restate.TerminalError("the step always fails");
    },
    refuse: async (ctx, { code, message }) =>
      ctx.run("refuse", () => {
        throw new restate.TerminalError(message, { errorCode: code });
      }),
    nap: async (ctx, millis) => {
      await ctx.sleep(millis);
      return "slept";
    },
    chance: async (ctx) => {
      const drawn = [ctx.rand.random(), ctx.rand.uuidv4(), await ctx.date.now()];
      const kept = await ctx.run("keep", () => drawn);
      await ctx.sleep(20);
      return kept.join() === drawn.join();
    },
    combine: (ctx, plan) => combine(restate, ctx, plan, call),
    saga: async (ctx, failAt) => {
      const undo = [];
      try {
        for (const step of ["flight", "hotel", "car"]) {
          undo.unshift(step);
          await ctx.run(`book ${step}`, () => {
            if (step === failAt) throw new restate.TerminalError(`no ${step} left`, { errorCode: 409 });
          });
        }
      } catch (failure) {
        for (const step of undo) await ctx.run(`cancel ${step}`, () => {});
        throw failure;
      }
      return "booked";
    },
  };

  const calls = {
    callHeaders: async (ctx) => call(ctx, "headers", null, { headers: { "x-lab-from": "handler" } }),
    callOnce: async (ctx, idempotencyKey) => {
      const first = await call(ctx, "stamp", null, { idempotencyKey });
      return first === (await call(ctx, "stamp", null, { idempotencyKey }));
    },
    stamp: async (ctx) => ctx.run("stamp", () => randomUUID()),
    call: async (ctx, request) => ctx.genericCall({ ...target(request), outputSerde: restate.serde.json }),
    send: async (ctx, request) => (await ctx.genericSend(target(request)).invocationId).toString(),
    attach: async (ctx, id) => ctx.attach(id, restate.serde.json),
    cancel: async (ctx, id) => ctx.cancel(id),
  };

  const waiting = {
    waitForAwakeable: async (ctx, cell) => awakeable(ctx, cell),
    awakeableOrTimeout: async (ctx, millis) => ctx.awakeable().promise.orTimeout(millis),
    resolve: async (ctx, { id, value }) => ctx.resolveAwakeable(id, value),
    reject: async (ctx, { id, value }) => ctx.rejectAwakeable(id, value),
    waitForSignal: async (ctx, name) => ctx.signal(name),
    resolveSignal: async (ctx, { id, name, value }) => ctx.invocation(id).signal(name).resolve(value),
    rejectSignal: async (ctx, { id, name, value }) => ctx.invocation(id).signal(name).reject(value),
    parent: async (ctx, cell) => {
      try {
        return await call(ctx, "waitForAwakeable", cell);
      } catch (failure) {
        await ctx.run("compensate", () => {});
        put(ctx, cell, "compensated", failure.code);
        throw failure;
      }
    },
  };

  const interruptions = interrupted({ call, put, awakeable });

  return [
    restate.service({ name: ops, handlers: { ...basics, ...steps, ...calls, ...waiting, ...interruptions }, options }),
    restate.service({
      name: named("Hidden"),
      handlers: { greet: async (ctx, name) => `Psst, ${name}` },
      options: { ...options, ingressPrivate: true },
    }),
    cell(restate, variant, options, awakeable),
    flow(restate, variant, options),
  ];
}

const cell = (restate, variant, options, awakeable) =>
  restate.object({
    name: "Cell" + variant,
    options,
    handlers: {
      set: async (ctx, { name, value }) => ctx.set(name, value),
      get: async (ctx, name) => ctx.get(name),
      clear: async (ctx, name) => ctx.clear(name),
      clearAll: async (ctx) => ctx.clearAll(),
      keys: async (ctx) => (await ctx.stateKeys()).sort(),
      add: async (ctx, n) => {
        const old = (await ctx.get("count")) ?? 0;
        ctx.set("count", old + n);
        return old + n;
      },
      fill: async (ctx, { count, length }) => {
        for (let i = 0; i < count; i++) ctx.set(`item-${i}`, "x".repeat(length));
      },
      weigh: async (ctx) => {
        let length = 0;
        for (const name of await ctx.stateKeys()) length += (await ctx.get(name)).length;
        return length;
      },
      block: async (ctx, otherCell) => awakeable(ctx, otherCell),
      peek: restate.handlers.object.shared(async (ctx, name) => ctx.get(name)),
    },
  });

const flow = (restate, variant, options) =>
  restate.workflow({
    name: "Flow" + variant,
    options,
    handlers: {
      run: async (ctx, input) => {
        ctx.set("status", "waiting");
        const answer = await ctx.promise("go");
        ctx.set("status", "done");
        return `${input}: ${answer}`;
      },
      go: restate.handlers.workflow.shared(async (ctx, value) => ctx.promise("go").resolve(value)),
      stop: restate.handlers.workflow.shared(async (ctx, reason) => ctx.promise("go").reject(reason)),
      peek: restate.handlers.workflow.shared(async (ctx) => (await ctx.promise("go").peek()) ?? null),
      join: restate.handlers.workflow.shared(async (ctx) => ctx.promise("go")),
      status: restate.handlers.workflow.shared(async (ctx) => ctx.get("status")),
    },
  });
