package emporium.rest;

import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to the OpenAPI document what every operation may answer when it does not go well, so that no resource has to. */
public class OpenApi implements OASFilter {

    private static final String PROBLEM = "Problem";

    private static final Map<String, String> FAILURES = Map.of(
            "400", "A field is missing or not as it must be: see violations.",
            "404", "There is no such thing.",
            "409", "Not in this state, already used, or changed by another request.",
            "422", "Refused by a rule of the business, or the Idempotency-Key was used with another body.",
            "default", "Any other failure.");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null || document.getPaths().getPathItems() == null) {
            return;
        }
        if (document.getComponents() == null) {
            document.setComponents(OASFactory.createComponents());
        }
        document.getComponents().addSchema(PROBLEM, problem());
        document.getPaths().getPathItems().values().forEach(OpenApi::addTo);
    }

    private static void addTo(PathItem path) {
        path.getOperations().forEach((method, operation) -> {
            add(operation, "default");
            if (operation.getRequestBody() != null || hasParameter(operation, "query")) {
                add(operation, "400");
            }
            if (hasParameter(operation, "path")) {
                add(operation, "404");
            }
            if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
                add(operation, "409");
                add(operation, "422");
            }
        });
    }

    private static boolean hasParameter(Operation operation, String in) {
        return operation.getParameters() != null
                && operation.getParameters().stream()
                        .anyMatch(parameter -> parameter.getIn() != null
                                && parameter.getIn().toString().equals(in));
    }

    /** Over the 400 that Quarkus adds without a body, but never over what a resource says itself. */
    private static void add(Operation operation, String status) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        var said = operation.getResponses().getAPIResponse(status);
        if (said == null || said.getContent() == null) {
            operation.getResponses().addAPIResponse(status, failure(FAILURES.get(status)));
        }
    }

    private static APIResponse failure(String description) {
        var schema = OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM);
        var media = OASFactory.createMediaType().schema(schema);
        return OASFactory.createAPIResponse()
                .description(description)
                .content(OASFactory.createContent().addMediaType(ProblemView.MEDIA_TYPE, media));
    }

    private static Schema problem() {
        var violation = schema(SchemaType.OBJECT)
                .addProperty("field", schema(SchemaType.STRING))
                .addProperty("message", schema(SchemaType.STRING));
        return schema(SchemaType.OBJECT)
                .description("A problem as RFC 9457 writes it.")
                .addProperty("type", schema(SchemaType.STRING))
                .addProperty("title", schema(SchemaType.STRING))
                .addProperty("status", schema(SchemaType.INTEGER))
                .addProperty("detail", schema(SchemaType.STRING))
                .addProperty("instance", schema(SchemaType.STRING))
                .addProperty("violations", schema(SchemaType.ARRAY).items(violation))
                .addProperty("retryable", schema(SchemaType.BOOLEAN))
                .addProperty("correlationId", schema(SchemaType.STRING).format("uuid"));
    }

    private static Schema schema(SchemaType type) {
        return OASFactory.createSchema().type(List.of(type));
    }
}
