package emporium.nativeimage.deployment;

import static java.util.stream.Collectors.joining;

import io.quarkus.bootstrap.classloading.QuarkusClassLoader;
import io.quarkus.deployment.annotations.BuildProducer;
import io.quarkus.deployment.annotations.BuildStep;
import io.quarkus.deployment.builditem.CombinedIndexBuildItem;
import io.quarkus.deployment.builditem.GeneratedResourceBuildItem;
import io.quarkus.deployment.builditem.IndexDependencyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.LambdaCapturingTypeBuildItem;
import io.quarkus.deployment.builditem.nativeimage.NativeImageSystemPropertyBuildItem;
import io.quarkus.deployment.builditem.nativeimage.RuntimeInitializedClassBuildItem;
import io.quarkus.deployment.pkg.NativeConfig;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

/** Says what a native executable must keep although no code is seen to use it. */
class NativeProcessor {

    private static final String OURS = "emporium.";
    private static final String METADATA = "META-INF/native-image/emporium/native/reachability-metadata.json";
    private static final String LOOKED_UP = """
            {"type": "%s", "allDeclaredConstructors": true, "allDeclaredMethods": true, "allDeclaredFields": true}""";
    private static final DotName SAGA = DotName.createSimple("emporium.saga.Saga");

    /** The contracts know no framework, so nothing in them makes Quarkus look into them. */
    @BuildStep
    IndexDependencyBuildItem contracts() {
        return new IndexDependencyBuildItem("emporium", "contracts");
    }

    /**
     * All data is written as records and enums: messages, events, snapshots, drafts, JSON of the REST surface. The
     * members of a sealed family of messages are asked for. Quarkus' own item cannot say the latter, so it is a file.
     */
    @BuildStep
    GeneratedResourceBuildItem data(CombinedIndexBuildItem index, NativeConfig config) {
        if (!config.enabled()) {
            return null;
        }
        var types = index.getIndex().getKnownClasses().stream()
                .filter(NativeProcessor::isData)
                .map(type -> LOOKED_UP.formatted(type.name()))
                .collect(joining(",\n", "{\"reflection\": [\n", "]}\n"));
        return new GeneratedResourceBuildItem(METADATA, types.getBytes(StandardCharsets.UTF_8));
    }

    private static boolean isData(ClassInfo type) {
        return type.name().toString().startsWith(OURS) && (type.isRecord() || type.isEnum() || type.isSealed());
    }

    /** The engine asks the functions of a saga for the commands that they make. */
    @BuildStep
    void functionsOfSagas(CombinedIndexBuildItem index, BuildProducer<LambdaCapturingTypeBuildItem> capturing) {
        index.getIndex().getKnownUsers(SAGA).stream()
                .map(type -> new LambdaCapturingTypeBuildItem(type.name().toString()))
                .forEach(capturing::produce);
    }

    /** Random numbers that are drawn while the executable is built would be the same in every process. */
    @BuildStep
    void random(BuildProducer<RuntimeInitializedClassBuildItem> atRunTime) {
        Stream.of("io.nats.client.support.RandomUtils", "io.nats.client.NUID", "com.fasterxml.uuid.impl.LazyRandom")
                .filter(QuarkusClassLoader::isClassPresentAtRuntime)
                .map(RuntimeInitializedClassBuildItem::new)
                .forEach(atRunTime::produce);
    }

    /** As UncheckedUris does where a JVM starts: the HTTP server's class is loaded, and reads it, while this is built. */
    @BuildStep
    NativeImageSystemPropertyBuildItem uncheckedUris() {
        return new NativeImageSystemPropertyBuildItem("vertx.disableURIValidation", "true");
    }
}
