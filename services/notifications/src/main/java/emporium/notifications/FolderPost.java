package emporium.notifications;

import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.mailencoder.MailEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Puts letters into a folder, one file each as mail programs read them: for a mall that has no SMTP server. */
final class FolderPost implements Post {
    private final Path folder;
    private final String from;

    FolderPost(Path folder, String from) {
        this.folder = folder;
        this.from = from;
    }

    @Override
    public void deliver(Letter letter) {
        var mail = new MailMessage(from, letter.to(), letter.subject(), letter.text())
                .addHeader("Message-ID", letter.messageId());
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder);
            }
            var draft = folder.resolve(letter.id() + ".part");
            Files.writeString(draft, new MailEncoder(mail, "emporium").encode());
            // Named by its id and put there in one step: sent twice it is still one whole file.
            Files.move(draft, folder.resolve(letter.id() + ".eml"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
