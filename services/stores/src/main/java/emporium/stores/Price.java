package emporium.stores;

import emporium.contracts.Money;
import jakarta.validation.Constraint;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import jakarta.validation.Payload;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Currency;
import java.util.Set;
import java.util.stream.Collectors;

/** An amount above zero and not beyond reason, in a currency that there is. */
@Constraint(validatedBy = Price.Check.class)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER})
@interface Price {

    /** Ten thousand million euros; small enough for any sum over an order to fit a long. */
    long MOST = 1_000_000_000_000L;

    String message() default "must be a price";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};

    final class Check implements ConstraintValidator<Price, Money> {

        private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
                .map(Currency::getCurrencyCode)
                .collect(Collectors.toUnmodifiableSet());

        @Override
        public boolean isValid(Money price, ConstraintValidatorContext context) {
            if (price == null) {
                return true;
            }
            if (price.amount() < 1 || price.amount() > MOST) {
                return refuse(context, "amount", "must be between 1 and " + MOST);
            }
            return CURRENCIES.contains(price.currency())
                    || refuse(context, "currency", "must be a currency of ISO 4217, such as EUR");
        }

        private static boolean refuse(ConstraintValidatorContext context, String field, String message) {
            context.disableDefaultConstraintViolation();
            context.buildConstraintViolationWithTemplate(message)
                    .addPropertyNode(field)
                    .addConstraintViolation();
            return false;
        }
    }
}
