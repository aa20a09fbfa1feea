package emporium.notifications;

import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import emporium.contracts.customers.CustomerChanged;
import emporium.contracts.ordering.OrderCreated;
import emporium.contracts.ordering.OrderStatus;
import emporium.messaging.Database;
import io.quarkus.mailer.MailerName;
import io.quarkus.mailer.reactive.ReactiveMailer;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(MailServer.class)
class NotificationsTest {
    @Inject
    Vertx vertx;

    @Inject
    Neighbours neighbours;

    @Inject
    Deliveries deliveries;

    @Inject
    Addressees addressees;

    @Inject
    Letters letters;

    @Inject
    PostOffice office;

    @Inject
    Sender sender;

    @Inject
    Database database;

    @Inject
    InstantSource clock;

    @Inject
    @MailerName("refusing")
    ReactiveMailer refusing;

    GreenMail server;

    private final String mailbox = "ann." + UUID.randomUUID() + "@example.org";

    @AfterEach
    void allAreBack() {
        neighbours.customersAway = false;
    }

    @Test
    void a_new_order_is_confirmed_by_a_mail_that_lists_it() throws Exception {
        var order = neighbours.created(ann().customer());
        neighbours.tell(order);
        sendAll(order, 1);
        var mail = mails().getFirst();
        assertEquals("We have received your order " + order.order(), mail.getSubject());
        assertEquals("Emporium <orders@emporium.example>", mail.getFrom()[0].toString());
        var text = text(mail);
        assertTrue(text.startsWith("Hello Ann,"), text);
        assertTrue(text.contains("2 x Lamp of Lights & Co at 19.99 EUR"), text);
        assertTrue(text.contains("Total: 39.98 EUR"), text);
        notifications("orderId=" + order.order())
                .body("items.status", contains("SENT"))
                .body("items[0].occasion", equalTo("CREATED"))
                .body("items[0].channel", equalTo("EMAIL"))
                .body("items[0].attempts", equalTo(1))
                .body("items[0].recipient", equalTo(mailbox))
                .body("items[0].subject", equalTo(mail.getSubject()))
                .body("items[0].sentAt", notNullValue())
                .body("items[0].nextAttemptAt", nullValue())
                .body("items[0].detail", nullValue());
    }

    @Test
    void each_step_of_an_order_is_told_in_its_order_whatever_the_order_of_arrival() throws Exception {
        var order = neighbours.created(ann().customer());
        neighbours.tell(neighbours.changed(order, 4, OrderStatus.COMPLETED, null));
        neighbours.tell(neighbours.changed(order, 2, OrderStatus.APPROVED, null));
        neighbours.tell(order);
        neighbours.tell(neighbours.changed(order, 3, OrderStatus.READY, null));
        sendAll(order, 4);
        assertEquals(
                List.of(
                        "We have received your order " + order.order(),
                        "Your order " + order.order() + " is approved",
                        "Your order " + order.order() + " is ready",
                        "Your order " + order.order() + " is complete"),
                subjects());
    }

    @Test
    void a_rejection_and_a_cancellation_tell_why() throws Exception {
        var rejected = neighbours.created(ann().customer());
        neighbours.tell(neighbours.changed(rejected, 2, OrderStatus.REJECTED, "The card has expired."));
        sendAll(rejected, 1);
        assertTrue(text(mails().getFirst()).contains("The card has expired."));
        var cancelled = neighbours.created(rejected.customer());
        neighbours.tell(neighbours.changed(cancelled, 2, OrderStatus.CANCELLING, "changed my mind"));
        neighbours.tell(neighbours.changed(cancelled, 3, OrderStatus.CANCELLED, "changed my mind"));
        sendAll(cancelled, 1);
        assertTrue(text(mails().get(1)).contains("Reason: changed my mind"));
    }

    @Test
    void two_events_of_one_status_are_one_mail() throws Exception {
        var order = neighbours.created(ann().customer());
        neighbours.tell(neighbours.changed(order, 3, OrderStatus.READY, null));
        neighbours.tell(neighbours.changed(order, 4, OrderStatus.READY, null));
        neighbours.tell(neighbours.changed(order, 5, OrderStatus.COMPLETED, null));
        sendAll(order, 2);
        assertEquals(2, mails().size());
    }

    @Test
    void any_order_and_any_repetition_of_events_end_in_one_mail_each() throws Exception {
        var customer = ann().customer();
        for (int seed = 0; seed < 5; seed++) {
            var random = new Random(seed);
            var order = neighbours.created(customer);
            var story = new ArrayList<Runnable>(List.of(
                    () -> neighbours.tell(order),
                    () -> neighbours.tell(neighbours.changed(order, 2, OrderStatus.APPROVED, null)),
                    () -> neighbours.tell(neighbours.changed(order, 3, OrderStatus.READY, null)),
                    () -> neighbours.tell(neighbours.changed(order, 4, OrderStatus.COMPLETED, null))));
            story.addAll(story);
            Collections.shuffle(story, random);
            story.forEach(Runnable::run);
            sendAll(order, 4);
        }
        assertEquals(20, mails().size());
    }

    @Test
    void a_customer_not_yet_heard_of_is_asked_for_once() throws Exception {
        var customer = neighbours.registers("Bob", mailbox);
        var before = neighbours.asked.get();
        var order = neighbours.created(customer.customer());
        neighbours.tell(order);
        neighbours.tell(neighbours.changed(order, 2, OrderStatus.APPROVED, null));
        sendAll(order, 2);
        assertTrue(text(mails().getFirst()).startsWith("Hello Bob,"));
        assertEquals(before + 1, neighbours.asked.get());
    }

    @Test
    void the_newest_address_is_used_whatever_comes_late() throws Exception {
        var ann = ann();
        var moved = "moved." + mailbox;
        neighbours.tell(new CustomerChanged(ann.customer(), 3, "Ann", moved, "+49", true));
        await().until(() ->
                addressees.find(ann.customer()).orElseThrow().email().equals(moved));
        neighbours.tell(new CustomerChanged(ann.customer(), 2, "Ann", "late." + mailbox, "+49", true));
        var order = neighbours.created(ann.customer());
        neighbours.tell(order);
        sendAll(order, 1);
        notifications("orderId=" + order.order()).body("items[0].recipient", equalTo(moved));
    }

    @Test
    void a_customer_that_does_not_exist_is_given_up_and_an_operator_can_have_it_tried_again() {
        var order = neighbours.created(UUID.randomUUID());
        neighbours.tell(order);
        planned(order, 1);
        send(sender);
        var id = notifications("orderId=" + order.order())
                .body("items[0].status", equalTo("FAILED"))
                .body("items[0].detail", equalTo("There is no customer " + order.customer() + "."))
                .extract()
                .<String>path("items[0].id");
        given().post("/api/notifications/" + id + "/retry")
                .then()
                .statusCode(200)
                .body("status", equalTo("PENDING"))
                .body("attempts", equalTo(0));
        given().post("/api/notifications/" + id + "/retry")
                .then()
                .statusCode(409)
                .body("detail", equalTo("The notification is PENDING, only one that has FAILED is retried."));
        send(sender);
        given().get("/api/notifications/" + id).then().body("status", equalTo("FAILED"));
    }

    @Test
    void while_customers_is_away_a_mail_to_somebody_unknown_waits() {
        neighbours.customersAway = true;
        var order = neighbours.created(neighbours.registers("Bob", mailbox).customer());
        neighbours.tell(order);
        planned(order, 1);
        send(sender);
        notifications("orderId=" + order.order())
                .body("items[0].status", equalTo("PENDING"))
                .body("items[0].attempts", equalTo(1))
                .body("items[0].nextAttemptAt", notNullValue())
                .body("items[0].detail", containsString("customers is away"));
        neighbours.customersAway = false;
        send(later(Duration.ofMinutes(1)));
        notifications("orderId=" + order.order())
                .body("items[0].status", equalTo("SENT"))
                .body("items[0].attempts", equalTo(2));
    }

    @Test
    void while_the_mail_server_is_away_mails_wait_and_none_is_lost() throws Exception {
        var order = neighbours.created(ann().customer());
        server.getSmtp().stopService();
        try {
            neighbours.tell(order);
            neighbours.tell(neighbours.changed(order, 2, OrderStatus.APPROVED, null));
            planned(order, 2);
            send(sender);
            notifications("orderId=" + order.order())
                    .body("items.status", contains("PENDING", "PENDING"))
                    .body("items.attempts", hasItem(1));
        } finally {
            server.start();
        }
        // More than one more attempt, because the first may find a connection that the server has ended.
        var minutes = new AtomicInteger();
        await().until(() -> {
            send(later(Duration.ofMinutes(minutes.incrementAndGet())));
            return mails().size() == 2;
        });
        notifications("orderId=" + order.order()).body("items.status", contains("SENT", "SENT"));
    }

    @Test
    void many_senders_at_once_send_each_mail_once() throws Exception {
        var customer = ann().customer();
        var orders = new ArrayList<OrderCreated>();
        for (int i = 0; i < 40; i++) {
            orders.add(neighbours.created(customer));
        }
        orders.forEach(neighbours::tell);
        orders.forEach(order -> planned(order, 1));
        Callable<Integer> all = () -> send(sender);
        try (var senders = Executors.newFixedThreadPool(4)) {
            for (var done : senders.invokeAll(Collections.nCopies(4, all))) {
                done.get();
            }
        }
        assertEquals(40, mails().size());
        assertEquals(
                40,
                mails().stream().map(NotificationsTest::messageId).distinct().count());
    }

    @Test
    void what_one_sender_is_about_to_take_another_neither_takes_nor_waits_for() {
        var order = neighbours.created(ann().customer());
        neighbours.tell(order);
        planned(order, 1);
        var now = clock.instant();
        var until = now.plus(Duration.ofMinutes(1));
        QuarkusTransaction.begin();
        try {
            var mine = orders(deliveries.claim(now, until, 1000));
            assertTrue(mine.contains(order.order()));
            QuarkusTransaction.requiringNew().run(() -> {
                database.run("set local lock_timeout = '5s'", PreparedStatement::execute);
                assertTrue(Collections.disjoint(mine, orders(deliveries.claim(now, until, 1000))));
            });
        } finally {
            QuarkusTransaction.rollback();
        }
    }

    private static List<UUID> orders(List<Delivery> claimed) {
        return claimed.stream().map(Delivery::order).toList();
    }

    @Test
    void a_letter_written_while_the_clock_was_an_hour_ahead_does_not_wait_for_that_hour() {
        var order = neighbours.created(ann().customer());
        neighbours.tell(order);
        planned(order, 1);
        send(later(Duration.ofHours(-1)));
        notifications("orderId=" + order.order()).body("items[0].status", equalTo("SENT"));
    }

    @Test
    void a_sender_that_dies_between_mail_and_record_leads_to_a_second_mail_with_the_same_message_id() throws Exception {
        var order = neighbours.created(ann().customer());
        neighbours.tell(order);
        planned(order, 1);
        var now = clock.instant();
        var claimed = deliveries.claim(now, now.plus(Duration.ofMinutes(1)), 1).getFirst();
        office.post().orElseThrow().deliver(letters.write(claimed, addressees.get(order.customer())));
        // Here it dies. Nobody else touches the letter as long as it might still be at work.
        assertEquals(0, sender.sendOnce());
        notifications("orderId=" + order.order()).body("items[0].status", equalTo("SENDING"));
        send(later(Duration.ofMinutes(2)));
        notifications("orderId=" + order.order())
                .body("items[0].status", equalTo("SENT"))
                .body("items[0].attempts", equalTo(2));
        assertEquals(2, mails().size());
        assertEquals(
                1, mails().stream().map(NotificationsTest::messageId).distinct().count());
    }

    @Test
    void a_mail_that_the_server_refuses_for_good_is_not_tried_again() {
        var letter = new Letter(UUID.randomUUID(), mailbox, "Hello", "Hello");
        var refusal = assertThrows(Undeliverable.class, () -> new SmtpPost(refusing, vertx).deliver(letter));
        assertTrue(refusal.getMessage().contains("no such mailbox"), refusal.getMessage());
    }

    @Test
    void without_any_post_letters_wait_and_say_what_for() {
        var none = new PostOffice(null, null, Optional.empty(), Optional.empty(), "orders@emporium.example");
        var order = neighbours.created(ann().customer());
        neighbours.tell(order);
        planned(order, 1);
        assertEquals(
                0, new Sender(deliveries, addressees, letters, none, clock, 30, Duration.ofMinutes(10)).sendOnce());
        var view = new NotificationResource(deliveries, none)
                .list(null, order.order(), 10, null)
                .items()
                .getFirst();
        assertEquals(Delivery.State.PENDING, view.status());
        assertEquals(0, view.attempts());
        assertEquals("Waits, because no SMTP server is configured.", view.detail());
    }

    @Test
    void attempts_end_and_the_wait_between_them_grows_up_to_a_limit() {
        var order = neighbours.created(UUID.randomUUID());
        neighbours.customersAway = true;
        neighbours.tell(order);
        planned(order, 1);
        var three = new Sender(deliveries, addressees, letters, office, ahead(1), 3, Duration.ofMinutes(10));
        send(three);
        for (int hour = 2; hour <= 3; hour++) {
            send(new Sender(deliveries, addressees, letters, office, ahead(hour), 3, Duration.ofMinutes(10)));
        }
        notifications("orderId=" + order.order())
                .body("items[0].status", equalTo("FAILED"))
                .body("items[0].attempts", equalTo(3))
                .body("items[0].nextAttemptAt", nullValue());
        assertTrue(sender.wait(1).toMillis() <= 1250);
        assertTrue(sender.wait(5).toMillis() >= 12_000);
        assertTrue(sender.wait(60).compareTo(Duration.ofMinutes(13)) < 0);
    }

    @Test
    void notifications_are_listed_by_customer_and_paged() {
        var ann = ann().customer();
        for (int i = 0; i < 3; i++) {
            var order = neighbours.created(ann);
            neighbours.tell(order);
            planned(order, 1);
        }
        var first = notifications("customerId=" + ann + "&limit=2").extract();
        assertEquals(2, first.<List<?>>path("items").size());
        notifications("customerId=" + ann + "&limit=2&cursor=" + first.path("next"))
                .body("items.size()", equalTo(1))
                .body("next", nullValue());
        notifications("customerId=" + UUID.randomUUID()).body("items.size()", equalTo(0));
        given().get("/api/notifications?customerId=nobody").then().statusCode(400);
        given().get("/api/notifications/" + UUID.randomUUID()).then().statusCode(404);
    }

    private CustomerChanged ann() {
        var ann = neighbours.registers("Ann", mailbox);
        neighbours.tell(ann);
        await().until(() -> addressees.find(ann.customer()).isPresent());
        return ann;
    }

    /** Waits until so many letters of the order are planned, and sends them all. */
    private void sendAll(OrderCreated order, int letters) {
        planned(order, letters);
        send(sender);
        assertEquals(
                letters,
                deliveries.list(null, order.order(), null, 100).stream()
                        .filter(delivery -> delivery.state() == Delivery.State.SENT)
                        .count());
    }

    /** Sends all that is due, which may make the next letter of an order due. */
    private static int send(Sender sender) {
        var sent = 0;
        for (var now = sender.sendOnce(); now > 0; now = sender.sendOnce()) {
            sent += now;
        }
        return sent;
    }

    private void planned(OrderCreated order, int letters) {
        await().until(() -> deliveries.list(null, order.order(), null, 100).size() == letters);
    }

    private Sender later(Duration duration) {
        var then = InstantSource.fixed(clock.instant().plus(duration));
        return new Sender(deliveries, addressees, letters, office, then, 30, Duration.ofMinutes(10));
    }

    private InstantSource ahead(int hours) {
        return InstantSource.fixed(clock.instant().plus(Duration.ofHours(hours)));
    }

    private List<MimeMessage> mails() {
        return Arrays.stream(server.getReceivedMessages())
                .filter(mail -> recipient(mail).equals(mailbox))
                .toList();
    }

    private List<String> subjects() throws MessagingException {
        var subjects = new ArrayList<String>();
        for (var mail : mails()) {
            subjects.add(mail.getSubject());
        }
        return subjects;
    }

    private static String recipient(MimeMessage mail) {
        try {
            return mail.getRecipients(Message.RecipientType.TO)[0].toString();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String messageId(MimeMessage mail) {
        try {
            return mail.getMessageID();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(MimeMessage mail) {
        return GreenMailUtil.getBody(mail).replace("=\r\n", "").replace("\r\n", "\n");
    }

    private static ValidatableResponse notifications(String query) {
        return given().get("/api/notifications?" + query).then().statusCode(200);
    }
}
