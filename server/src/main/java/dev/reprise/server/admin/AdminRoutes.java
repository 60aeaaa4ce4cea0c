package dev.reprise.server.admin;

/** Every path of the admin API. */
final class AdminRoutes {
    private AdminRoutes() {}

    static Routes of(AdminContext context) {
        Routes routes = new Routes();
        ServiceJson services = new ServiceJson(context.engine().registry(), context.defaults());
        new SystemResource(context.engine(), context.identity(), routes).addTo(routes);
        new DeploymentsResource(context, services).addTo(routes);
        new ServicesResource(context.engine().registry(), services, context.identity()).addTo(routes);
        new SerdesResource(context.engine().registry(), context.discovery()).addTo(routes);
        new StateResource(context.engine()).addTo(routes);
        InvocationOperations operations = new InvocationOperations(context.engine());
        new InvocationsResource(operations).addTo(routes);
        new InvocationBatches(operations).addTo(routes);
        routes.add("POST", "/query", "query", _ -> AdminAnswer.error(503, "this server answers no queries", null));
        UnsupportedResources.addTo(routes);
        return routes;
    }
}
