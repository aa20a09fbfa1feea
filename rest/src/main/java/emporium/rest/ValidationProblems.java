package emporium.rest;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import java.util.ArrayList;
import java.util.Comparator;

/** Names the fields that bean validation has refused as the client knows them. */
final class ValidationProblems {

    private ValidationProblems() {}

    static Problem of(ConstraintViolationException failure) {
        return Problem.badInput(failure.getConstraintViolations().stream()
                .map(violation -> new Violation(field(violation), violation.getMessage()))
                .sorted(Comparator.comparing(Violation::field).thenComparing(Violation::message))
                .toList());
    }

    /** {@code create.order.items[0].quantity} is the field {@code items[0].quantity}; {@code list.limit} is {@code limit}. */
    private static String field(ConstraintViolation<?> violation) {
        var names = new ArrayList<String>();
        String parameter = "";
        for (Path.Node node : violation.getPropertyPath()) {
            switch (node.getKind()) {
                case METHOD, CONSTRUCTOR, BEAN, RETURN_VALUE, CROSS_PARAMETER -> {}
                case PARAMETER -> parameter = node.getName();
                default -> names.add(node.toString());
            }
        }
        return names.isEmpty() ? parameter : String.join(".", names);
    }
}
