package dev.reprise.server.query.table;

import static dev.reprise.server.query.table.TableColumn.bool;
import static dev.reprise.server.query.table.TableColumn.count;
import static dev.reprise.server.query.table.TableColumn.large;
import static dev.reprise.server.query.table.TableColumn.text;
import static dev.reprise.server.query.table.TableColumn.time;

import dev.reprise.engine.registry.Deployment;
import dev.reprise.engine.registry.DeploymentEndpoint;
import dev.reprise.engine.registry.Registry;
import dev.reprise.engine.registry.ServiceDescriptor;
import dev.reprise.protocol.discovery.ServiceManifest;
import dev.reprise.server.config.Secrets;
import dev.reprise.server.query.output.ColumnType;
import java.util.List;

/** The tables of deployments, services and handlers. */
public final class RegistryTables {
    private static final double ROWS_EXPECTED = 100;

    private RegistryTables() {}

    public static List<SystemTable<?>> of(Registry registry) {
        return List.of(
                new SystemTable<>(
                        "sys_service",
                        ROWS_EXPECTED,
                        services(),
                        _ -> registry.services().iterator()),
                new SystemTable<>(
                        "sys_deployment",
                        ROWS_EXPECTED,
                        deployments(),
                        _ -> registry.deployments().iterator()));
    }

    private static List<TableColumn<ServiceDescriptor>> services() {
        return List.of(
                text("name", ServiceDescriptor::name),
                large("revision", service -> (long) service.revision()),
                bool("public", RegistryTables::isPublic),
                text("ty", RegistryTables::type),
                text("deployment_id", ServiceDescriptor::deployment));
    }

    private static boolean isPublic(ServiceDescriptor service) {
        Boolean changed = service.changes().isPublic();
        return changed != null
                ? changed
                : !Boolean.TRUE.equals(service.manifest().ingressPrivate());
    }

    private static String type(ServiceDescriptor service) {
        return switch (service.manifest().ty()) {
            case SERVICE -> "service";
            case VIRTUAL_OBJECT -> "virtual_object";
            case WORKFLOW -> "workflow";
        };
    }

    private static List<TableColumn<Deployment>> deployments() {
        return List.of(
                text("id", Deployment::id),
                text("ty", deployment -> switch (deployment.endpoint()) {
                    case DeploymentEndpoint.Http _ -> "http";
                    case DeploymentEndpoint.InProcess _ -> "in_process";
                }),
                text("endpoint", deployment -> switch (deployment.endpoint()) {
                    case DeploymentEndpoint.Http http -> Secrets.shown(http.uri());
                    case DeploymentEndpoint.InProcess _ -> null;
                }),
                time("created_at", Deployment::createdMillis),
                count(
                        "min_service_protocol_version",
                        deployment -> deployment.manifest().minProtocolVersion()),
                count(
                        "max_service_protocol_version",
                        deployment -> deployment.manifest().maxProtocolVersion()),
                new TableColumn<>(
                        "services",
                        ColumnType.TEXT_LIST,
                        deployment -> deployment.manifest().services().stream()
                                .map(ServiceManifest::name)
                                .toList()));
    }
}
