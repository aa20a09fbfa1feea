package emporium.notifications;

/** What brings letters to their addressees. */
interface Post {

    /**
     * Returns when the letter is in other hands, which may take seconds.
     *
     * @throws Undeliverable when it was refused for good
     * @throws RuntimeException when it may work another time; whether it has gone out all the same is not known then
     */
    void deliver(Letter letter);
}
