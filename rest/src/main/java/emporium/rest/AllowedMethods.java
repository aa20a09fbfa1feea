package emporium.rest;

import jakarta.ws.rs.HttpMethod;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jboss.resteasy.reactive.server.core.CurrentRequestManager;
import org.jboss.resteasy.reactive.server.handlers.ClassRoutingHandler;
import org.jboss.resteasy.reactive.server.handlers.RestInitialHandler.InitialMatch;
import org.jboss.resteasy.reactive.server.mapping.RequestMapper;

/** What a 405 has to say in its Allow header, and Quarkus does not: the methods that the path does have. */
final class AllowedMethods {

    private AllowedMethods() {}

    static Set<String> ofCurrentRequest() {
        var request = CurrentRequestManager.get();
        var path = request.getPathWithoutPrefix();
        var classes = new RequestMapper<>(request.getDeployment().getClassMappers());
        var methods = new TreeSet<>(Set.of(HttpMethod.OPTIONS));
        for (var match = classes.map(path); match != null; match = classes.continueMatching(path, match)) {
            var remaining = match.remaining.isEmpty() ? "/" : match.remaining;
            routings(match.value).forEach(routing -> routing.getMappers().forEach((method, resources) -> {
                if (method != null && resources.map(remaining) != null) {
                    methods.add(method);
                }
            }));
        }
        if (methods.contains(HttpMethod.GET)) {
            methods.add(HttpMethod.HEAD);
        }
        return methods;
    }

    private static Stream<ClassRoutingHandler> routings(InitialMatch match) {
        return Stream.of(match.handlers)
                .filter(ClassRoutingHandler.class::isInstance)
                .map(ClassRoutingHandler.class::cast);
    }
}
