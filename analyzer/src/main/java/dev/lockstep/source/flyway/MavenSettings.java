package dev.lockstep.source.flyway;

import dev.lockstep.source.flyway.SettingsFile.UnreadableSettings;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The configuration of the Maven plugin, and the project's properties, which the plugin reads too; nothing outside the file is read. */
final class MavenSettings {

    private MavenSettings() {}

    static Map<String, String> read(String text) {
        if (!text.contains("flyway")) {
            return Map.of();
        }
        Element project = parse(text);
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("project.basedir", ".");
        settings.put("basedir", ".");
        child(project, "properties")
                .ifPresent(properties ->
                        children(properties).forEach(property -> settings.put(property.getTagName(), text(property))));
        for (String path : List.of("build/pluginManagement/plugins", "build/plugins")) {
            plugin(project, path)
                    .flatMap(plugin -> child(plugin, "configuration"))
                    .ifPresent(configuration -> add("flyway", configuration, settings));
        }
        return settings;
    }

    private static Optional<Element> plugin(Element project, String path) {
        Optional<Element> at = Optional.of(project);
        for (String step : path.split("/")) {
            at = at.flatMap(element -> child(element, step));
        }
        return at.flatMap(plugins -> children(plugins).stream()
                .filter(plugin -> child(plugin, "artifactId")
                        .filter(id -> text(id).equals("flyway-maven-plugin"))
                        .isPresent())
                .findFirst());
    }

    private static void add(String name, Element element, Map<String, String> settings) {
        List<Element> inner = children(element);
        if (inner.isEmpty()) {
            settings.put(name, text(element));
        } else if (isList(element, inner)) {
            settings.put(name, inner.stream().map(MavenSettings::text).collect(Collectors.joining(",")));
        } else {
            inner.forEach(child -> add(name + "." + child.getTagName(), child, settings));
        }
    }

    /** {@code locations} holds {@code location}, and so on; {@code placeholders} hold names. */
    private static boolean isList(Element element, List<Element> inner) {
        return !element.getTagName().equals("placeholders")
                && inner.stream().allMatch(child -> element.getTagName().startsWith(child.getTagName()));
    }

    private static Element parse(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new InputSource(new StringReader(text))).getDocumentElement();
        } catch (SAXException | IOException malformed) {
            throw new UnreadableSettings(malformed);
        } catch (ParserConfigurationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Optional<Element> child(Element parent, String name) {
        return children(parent).stream()
                .filter(child -> child.getTagName().equals(name))
                .findFirst();
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }
}
