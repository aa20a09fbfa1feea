package emporium.notifications;

import io.quarkus.mailer.Mail;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.mail.SMTPException;
import java.time.Duration;

/**
 * Hands letters to an SMTP server. All of them from one event loop: called from any other thread, Vert.x's mail client
 * listens on one event loop to a connection that lives on another, and misses a greeting that comes at once.
 */
final class SmtpPost implements Post {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ReactiveMailer mailer;
    private final Context eventLoop;

    SmtpPost(ReactiveMailer mailer, Vertx vertx) {
        this.mailer = mailer;
        this.eventLoop = vertx.getOrCreateContext();
    }

    @Override
    public void deliver(Letter letter) {
        var mail =
                Mail.withText(letter.to(), letter.subject(), letter.text()).addHeader("Message-ID", letter.messageId());
        try {
            mailer.send(mail)
                    .runSubscriptionOn(command -> eventLoop.runOnContext(now -> command.run()))
                    .await()
                    .atMost(PATIENCE);
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
