package emporium.notifications;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.ext.mail.SMTPException;
import java.time.Duration;

/** Hands letters to an SMTP server. */
final class SmtpPost implements Post {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReactiveMailer mailer;

    SmtpPost(ReactiveMailer mailer) {
        this.mailer = mailer;
    }

    @Override
    public void deliver(Letter letter) {
        var mail =
                Mail.withText(letter.to(), letter.subject(), letter.text()).addHeader("Message-ID", letter.messageId());
        try {
            mailer.send(mail).await().atMost(PATIENCE);
        } catch (RuntimeException e) {
            throw refusedForGood(e) ? new Undeliverable(reason(e)) : new IllegalStateException(reason(e), e);
        }
    }

    private static boolean refusedForGood(Throwable failure) {
        return switch (failure) {
            case null -> false;
            case SMTPException refusal -> refusal.isPermanent();
            default -> refusedForGood(failure.getCause());
        };
    }

    private static String reason(Throwable failure) {
        var root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null
                ? root.getClass().getSimpleName()
                : root.getMessage().strip();
    }
}
