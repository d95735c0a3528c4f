package dev.lockstep.sarif;

import com.contrastsecurity.sarif.ArtifactLocation;
import com.contrastsecurity.sarif.Location;
import com.contrastsecurity.sarif.PhysicalLocation;
import com.contrastsecurity.sarif.Region;
import dev.lockstep.text.Position;
import dev.lockstep.text.SourceText;
import dev.lockstep.text.Span;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** Places as SARIF writes them. */
final class Locations {

    /** The symbolic name that paths are relative to. */
    static final String ROOT = "SRCROOT";

    private static final String UNRESERVED = "-._~/";

    private final UnaryOperator<String> path;

    Locations(UnaryOperator<String> path) {
        this.path = path;
    }

    Location of(SourceText source, Span span) {
        return new Location()
                .withPhysicalLocation(new PhysicalLocation()
                        .withArtifactLocation(artifact(path.apply(source.path())))
                        .withRegion(region(source, span)));
    }

    private static Region region(SourceText source, Span span) {
        Position start = source.position(span.start());
        Position end = source.position(span.end());
        return new Region()
                .withStartLine(start.line())
                .withStartColumn(start.column())
                .withEndLine(end.line())
                .withEndColumn(end.column());
    }

    private static ArtifactLocation artifact(String path) {
        return path.startsWith("/")
                ? new ArtifactLocation().withUri("file://" + encoded(path))
                : new ArtifactLocation().withUri(encoded(path)).withUriBaseId(ROOT);
    }

    /** {@link java.net.URI} would also normalise the characters, and then name another file. */
    private static String encoded(String path) {
        StringBuilder uri = new StringBuilder();
        for (byte unit : path.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain((char) unit)) {
                uri.append((char) unit);
            } else {
                uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(unit));
            }
        }
        return uri.toString();
    }

    private static boolean isPlain(char unit) {
        return (unit >= 'a' && unit <= 'z')
                || (unit >= 'A' && unit <= 'Z')
                || (unit >= '0' && unit <= '9')
                || UNRESERVED.indexOf(unit) >= 0;
    }
}
