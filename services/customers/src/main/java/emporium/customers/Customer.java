package emporium.customers;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.util.UUID;

/** Somebody who may order as long as nobody has disabled him. */
@Entity
@Table(schema = "customers", name = "customer")
class Customer {

    @Id
    private UUID id;

    private String name;

    private String email;

    @Column(name = "sms_number")
    private String smsNumber;

    private boolean enabled;

    @Version
    private long version;

    protected Customer() {}

    private Customer(UUID id, String name, String email, String smsNumber) {
        this.id = id;
        this.name = name;
        this.email = email;
        this.smsNumber = smsNumber;
        this.enabled = true;
    }

    static Customer registered(UUID id, String name, String email, String smsNumber) {
        return new Customer(id, name, email, smsNumber);
    }

    UUID id() {
        return id;
    }

    String name() {
        return name;
    }

    String email() {
        return email;
    }

    String smsNumber() {
        return smsNumber;
    }

    boolean mayOrder() {
        return enabled;
    }

    /** Counts the changes that were written, from 1. */
    long version() {
        return version + 1; // Hibernate counts from 0
    }

    void changeEmail(String email) {
        this.email = email;
    }

    void changeSmsNumber(String smsNumber) {
        this.smsNumber = smsNumber;
    }

    void enable(boolean enabled) {
        this.enabled = enabled;
    }
}
