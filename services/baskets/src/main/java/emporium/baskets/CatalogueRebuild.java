package emporium.baskets;

import emporium.contracts.stores.StoresEvent;
import emporium.messaging.OwnedBy;
import emporium.messaging.Replays;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/**
 * Fills the copy of the catalogue from what the stream still keeps of the stores' events: by itself when the copy is
 * empty, else when an operator asks for it. Requests and events go on meanwhile; what the stream keeps no longer is
 * asked for when it is needed.
 */
@Singleton
class CatalogueRebuild {
    private static final Logger LOG = Logger.getLogger(CatalogueRebuild.class);

    private final Catalogue catalogue;
    private final Replays replays;

    CatalogueRebuild(Catalogue catalogue, @OwnedBy("baskets") Replays replays) {
        this.catalogue = catalogue;
        this.replays = replays;
    }

    void start(@Observes StartupEvent event) {
        Thread.ofVirtual().name("catalogue-rebuild").start(this::fillIfEmpty);
    }

    /** Reads all events again and returns how many there were. Versions keep older ones from undoing newer ones. */
    long rebuild() {
        return replays.replay("stores", StoresEvent.class, catalogue::hear);
    }

    private void fillIfEmpty() {
        try {
            if (catalogue.state().empty()) {
                LOG.infof("The copy of the catalogue was empty; %d events were read again.", rebuild());
            }
        } catch (RuntimeException e) {
            LOG.warnf("The copy of the catalogue could not be filled beforehand; it fills as it is used: %s", e);
        }
    }
}
