// The measured handlers with the TypeScript SDK. PORT: for the server, COUNTERS_PORT: for the benchmark.
import http from "node:http";
import * as restate from "@restatedev/restate-sdk";

// ---- what really happened in this process, outside of any journal
const tracker = {
  runs: 0, // executions of a run closure
  reruns: 0, // executions of a closure that had been executed before (allowed: the result may not have been recorded)
  violations: 0, // executions of a closure whose recorded result the handler had already been given (never allowed)
  parked: 0,
  executed: new Set(),
  recorded: new Set(),
  completed: new Set(),
  times: new Map(), // seed -> start time of every step, for "growth"
};
function execute(seed, i) {
  const key = seed * 100 + i;
  tracker.runs++;
  if (tracker.executed.has(key)) tracker.reruns++;
  if (tracker.recorded.has(key)) tracker.violations++;
  tracker.executed.add(key);
  return seed + i;
}

http
  .createServer((req, res) => {
    const url = new URL(req.url, "http://x");
    let answer;
    if (url.pathname === "/reset") {
      Object.assign(tracker, { runs: 0, reruns: 0, violations: 0, parked: 0 });
      for (const k of ["executed", "recorded", "completed", "times"]) tracker[k].clear();
      answer = {};
    } else if (url.pathname === "/times") {
      answer = tracker.times.get(Number(url.searchParams.get("seed"))) ?? [];
    } else {
      const { runs, reruns, violations, parked } = tracker;
      answer = { runs, reruns, violations, parked, completed: tracker.completed.size };
    }
    res.setHeader("content-type", "application/json").end(JSON.stringify(answer));
  })
  .listen(Number(process.env.COUNTERS_PORT), "127.0.0.1");

const options = restate.handlers.handler;

const bench = restate.service({
  name: "Bench",
  handlers: {
    noop: async (_ctx, input) => input,

    payload: options(
      { input: restate.serde.binary, output: restate.serde.binary },
      async (_ctx, input) => input,
    ),

    steps: async (ctx, { n, seed }) => {
      let sum = 0;
      for (let i = 0; i < n; i++) sum += await ctx.run("s", () => seed + i);
      return sum;
    },

    parallel: async (ctx, { n, seed }) => {
      const futures = [];
      for (let i = 0; i < n; i++) futures.push(ctx.run("s", () => seed + i));
      return (await restate.RestatePromise.all(futures)).reduce((a, b) => a + b, 0);
    },

    fanout: async (ctx, { n, seed }) => {
      const futures = [];
      for (let i = 0; i < n; i++) futures.push(ctx.serviceClient(bench).noop(String(seed + i)));
      return (await restate.RestatePromise.all(futures)).reduce((a, b) => a + Number(b), 0);
    },

    race: async (ctx, { seed }) =>
      await restate.RestatePromise.race([
        ctx.serviceClient(bench).noop(String(seed)).map((v) => "call:" + v),
        ctx.sleep(10_000).map(() => "sleep"),
      ]),

    sleepy: async (ctx, { ms, seed }) => {
      await ctx.sleep(ms);
      return seed;
    },

    // one journal that grows: the start time of each step is kept outside
    growth: async (ctx, { n, seed }) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        sum += await ctx.run("s", () => {
          const times = tracker.times.get(seed) ?? [];
          tracker.times.set(seed, times);
          times.push(Math.round(performance.now() * 1000));
          return seed + i;
        });
      }
      return sum;
    },

    // suspends after 100 ms
    park: options({ inactivityTimeout: 100 }, async (ctx, { ms, seed }) => {
      tracker.parked++;
      await ctx.sleep(ms);
      return seed;
    }),

    // steps with one sleep after the first, suspends after 100 ms
    recover: options({ inactivityTimeout: 100 }, async (ctx, { seed, n, ms }) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        sum += await ctx.run("s", () => execute(seed, i));
        tracker.recorded.add(seed * 100 + i);
        if (i === 0 && ms > 0) await ctx.sleep(ms);
      }
      tracker.completed.add(seed);
      return sum;
    }),
  },
});

const benchObject = restate.object({
  name: "BenchObject",
  handlers: {
    add: async (ctx, delta) => {
      const value = ((await ctx.get("v")) ?? 0) + delta;
      ctx.set("v", value);
      return value;
    },

    // keeps its key for so many milliseconds
    hold: async (ctx, ms) => {
      await ctx.sleep(ms);
      return ms;
    },
  },
});

restate.serve({ services: [bench, benchObject], port: Number(process.env.PORT) });
