package dev.reprise.peers.dbos;

import com.zaxxer.hikari.HikariDataSource;
import dev.dbos.transact.DBOS;
import dev.dbos.transact.config.DBOSConfig;
import dev.reprise.benchmarks.embedded.FlowLoop;
import dev.reprise.benchmarks.embedded.FlowPlan;
import dev.reprise.benchmarks.lab.Json;

/** The process with DBOS, with its defaults. */
public final class DbosFlows {
    private DbosFlows() {}

    /** Runs the {@link FlowPlan} that is the only argument, as JSON. */
    public static void main(String[] args) throws InterruptedException {
        FlowPlan plan = Json.read(args[0], FlowPlan.class);
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setJdbcUrl(plan.databaseUrl());
            DBOS dbos = new DBOS(DBOSConfig.defaults("bench").withDataSource(pool));
            DurableFlows durable = new DurableFlows(dbos);
            Flows flows = dbos.registerProxy(Flows.class, durable);
            durable.setProxy(flows);
            dbos.launch();
            run(plan, flows);
            dbos.shutdown();
        }
        System.exit(0); // threads of the libraries would keep the process
    }

    private static void run(FlowPlan plan, Flows flows) throws InterruptedException {
        FlowLoop loop = FlowLoop.printing(plan);
        long sum = DurableFlows.STEPS * (DurableFlows.STEPS - 1) / 2;
        loop.run("noop", 1, seed -> flows.noop(seed) == seed);
        loop.run("steps10", DurableFlows.STEPS, seed -> flows.steps(seed) == DurableFlows.STEPS * seed + sum);
        loop.run("fanout10", DurableFlows.STEPS, seed -> flows.fanout(seed) == DurableFlows.STEPS * seed + sum);
    }
}
