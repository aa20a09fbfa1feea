package emporium.notifications;

import io.quarkus.mailer.reactive.ReactiveMailer;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Finds the post that is configured: an SMTP server, else a folder, else none, and then letters wait. */
@Singleton
class PostOffice {
    private final Optional<Post> post;

    PostOffice(
            ReactiveMailer mailer,
            Vertx vertx,
            @ConfigProperty(name = "emporium.notifications.smtp-host") Optional<String> smtpHost,
            @ConfigProperty(name = "emporium.notifications.mail-folder") Optional<String> folder,
            @ConfigProperty(name = "quarkus.mailer.from") String from) {
        this.post = smtpHost.<Post>map(host -> new SmtpPost(mailer, vertx))
                .or(() -> folder.map(path -> new FolderPost(Path.of(path), from)));
    }

    Optional<Post> post() {
        return post;
    }
}
