package emporium.notifications;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderPostTest {
    private final Letter letter = new Letter(UUID.randomUUID(), "ann@example.org", "Your order", "Hello Ann,\n");

    @Test
    void a_letter_becomes_a_file_that_mail_programs_can_read(@TempDir Path folder) throws Exception {
        new FolderPost(folder.resolve("mail"), "orders@emporium.example").deliver(letter);
        var mail = Files.readString(folder.resolve("mail").resolve(letter.id() + ".eml"));
        assertTrue(mail.contains("From: orders@emporium.example"), mail);
        assertTrue(mail.contains("To: ann@example.org"), mail);
        assertTrue(mail.contains("Subject: Your order"), mail);
        assertTrue(mail.contains("Message-ID: <" + letter.id() + "@emporium>"), mail);
        assertTrue(mail.contains("Hello Ann,"), mail);
    }

    @Test
    void a_letter_delivered_twice_is_one_file(@TempDir Path folder) throws Exception {
        var post = new FolderPost(folder, "orders@emporium.example");
        post.deliver(letter);
        post.deliver(letter);
        try (var files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }
}
