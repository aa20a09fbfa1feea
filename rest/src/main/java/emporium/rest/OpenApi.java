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
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Adds to the OpenAPI document what every operation may answer when it does not go well, so that no resource has to. */
public class OpenApi implements OASFilter {

    private static final String PROBLEM = "Problem";

    private static final Map<String, String> FAILURES = Map.of(
            "400", "Something in the request is missing or not as it must be: see violations.",
            "404", "There is no such thing.",
            "406", "The Accept header allows nothing that can be given.",
            "409", "Not in this state, already used, or changed by another request.",
            "413", "The body is too large.",
            "415", "The body is not application/json, or does not say so.",
            "422", "Refused by a rule of the business, or the Idempotency-Key was used with another body.",
            "503", "Something that is needed is away at present: see Retry-After.",
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
            add(operation, "400", "406", "503", "default");
            if (operation.getRequestBody() != null || hasPathParameter(operation)) {
                add(operation, "404");
            }
            if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
                add(operation, "409", "413", "415", "422");
            }
        });
    }

    private static boolean hasPathParameter(Operation operation) {
        return operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(parameter -> parameter.getIn() == In.PATH);
    }

    /** Over the 400 that Quarkus adds without a body, but never over what a resource says itself. */
    private static void add(Operation operation, String... statuses) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        for (var status : statuses) {
            var said = operation.getResponses().getAPIResponse(status);
            if (said == null || said.getContent() == null) {
                operation.getResponses().addAPIResponse(status, failure(FAILURES.get(status)));
            }
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
