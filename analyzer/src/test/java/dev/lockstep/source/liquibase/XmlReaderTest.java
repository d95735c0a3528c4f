package dev.lockstep.source.liquibase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.source.Migrations.Lost;
import dev.lockstep.text.SourceText;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.junit.jupiter.api.Test;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

final class XmlReaderTest {

    private static final String DOCUMENT = """
            <?xml version="1.0" encoding="UTF-8"?>
            <!-- head -->
            <databaseChangeLog xmlns="http://www.liquibase.org/xml/ns/dbchangelog" xmlns:x="http://x"
                  logicalFilePath='a "b" &amp; c'>
              <changeSet id="1" author="ann&#x2F;bob"
                         comment="two
            lines">
                <sql splitStatements="false"><![CDATA[SELECT '<a>' && 1]]> ; SELECT 2 &lt; 3 &#59;</sql>
                <x:empty/>
                <createTable tableName = 'orders' ><column name="größe" type="text"></column></createTable>
              </changeSet>
              <?skip this?>
            </databaseChangeLog>
            """;

    private static ChangeLogFile read(String xml) {
        return XmlReader.read(SourceText.of("c.xml", xml));
    }

    private static List<String> lost(String xml) {
        return read(xml).lost().stream()
                .map(lost -> lost.place().start() + " " + lost.what())
                .toList();
    }

    @Test
    void readsWhatTheJdkReads() throws Exception {
        assertThat(read(DOCUMENT).lost()).isEmpty();
        assertThat(tree(read(DOCUMENT).root())).isEqualTo(jdk(DOCUMENT));
    }

    /** Whatever the JDK accepts we read the same; what it refuses we name, but for what only namespaces or names forbid. */
    @Test
    void readsWhatTheJdkReadsOfDamagedDocuments() throws Exception {
        Random random = new Random(42);
        int accepted = 0;
        int refused = 0;
        for (int i = 0; i < 1_000; i++) {
            String damaged = damage(DOCUMENT, random);
            ChangeLogFile ours = read(damaged);
            String theirs;
            try {
                theirs = jdk(damaged);
            } catch (SAXException broken) {
                refused++;
                continue;
            }
            accepted++;
            assertThat(ours.lost()).as(damaged).isEmpty();
            assertThat(tree(ours.root())).as(damaged).isEqualTo(theirs);
        }
        assertThat(accepted).isGreaterThan(100);
        assertThat(refused).isGreaterThan(100);
    }

    /** Cuts a piece out, doubles it, or swaps two characters; what is in the prolog stays. */
    private static String damage(String text, Random random) {
        int start = text.indexOf("<databaseChangeLog") + 1;
        int from = start + random.nextInt(text.length() - start - 1);
        int to = Math.min(text.length(), from + 1 + random.nextInt(3));
        return switch (random.nextInt(3)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, to) + text.substring(from);
            default -> text.substring(0, from) + "<>&\"'/= x".charAt(random.nextInt(9)) + text.substring(from + 1);
        };
    }

    @Test
    void placesAreThoseOfTheFile() {
        String xml = "<a>\n  <sql x='1'>SELECT &lt; 1</sql>\n</a>";
        ChangeLogNode sql = read(xml).root().child("sql").orElseThrow();

        assertThat(sql.place().start()).hasToString("2:3");
        assertThat(sql.place().end()).hasToString("2:14");
        assertThat(sql.value().parts()).extracting(LocatedText.Part::text).containsExactly("SELECT ", "<", " 1");
        assertThat(sql.value().parts())
                .extracting(part -> part.origin().start().toString())
                .containsExactly("2:14", "2:21", "2:25");
    }

    @Test
    void commentsForUsAreKept() {
        assertThat(read("<a><!-- lockstep:ignore x y --><b/><!-- other --></a>")
                        .root()
                        .children())
                .extracting(ChangeLogNode::name)
                .containsExactly(ChangeLogNode.COMMENT, "b");
    }

    @Test
    void brokenDocumentsAreReadOn() {
        assertThat(lost("<a><b></a>")).containsExactly("1:4 XML: <b> is never closed");
        assertThat(lost("<a></b></a>")).containsExactly("1:4 XML: </b> closes nothing");
        assertThat(lost("<a>\n<b")).containsExactly("2:1 XML: a tag is never closed", "1:1 XML: <a> is never closed");
        assertThat(lost("<a>1 < 2</a>")).containsExactly("1:6 XML: a < that starts no tag");
        assertThat(lost("<a>1 & 2</a>")).containsExactly("1:6 XML: an & that starts no reference");
        assertThat(lost("<a x=1/>")).containsExactly("1:4 XML: not an attribute", "1:6 XML: not an attribute");
        assertThat(lost("")).containsExactly("1:1 XML: no element");
        assertThat(read("<a><b x='1'></a>").root().child("b").orElseThrow().text("x"))
                .contains("1");
    }

    @Test
    void entitiesAreNotLoaded() {
        String xml = """
                <!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd"> <!ENTITY y "boo">]>
                <a>&x;&y;<b/></a>""";

        assertThat(lost(xml))
                .containsExactly(
                        "1:1 XML: a document type declaration (not looked into)",
                        "2:4 XML: entity &x; (not loaded)",
                        "2:7 XML: entity &y; (not loaded)");
        assertThat(read(xml).root().value().text()).isEmpty();
        assertThat(read(xml).root().child("b")).isPresent();
    }

    @Test
    void aLotOfGarbageTakesNoTime() {
        ChangeLogFile garbage = read("<a>" + "& < <b x".repeat(50_000));

        assertThat(garbage.lost()).extracting(Lost::what).contains("XML: an & that starts no reference");
    }

    /** An element as a line of text for comparison: attributes sorted, text joined, blanks and line breaks alike. */
    private static String tree(ChangeLogNode node) {
        Map<String, String> attributes = new TreeMap<>();
        StringBuilder inner = new StringBuilder();
        for (ChangeLogNode child : node.children()) {
            boolean attribute =
                    child.place().source().text(child.place().span()).charAt(0) != '<';
            if (attribute) {
                attributes.put(child.name(), child.value().text());
            } else {
                inner.append(tree(child));
            }
        }
        return element(node.name(), attributes, node.value().text(), inner);
    }

    private static String element(String name, Map<String, String> attributes, String text, CharSequence inner) {
        return "<" + name + attributes + ":" + text + ">" + inner + "</" + name + ">";
    }

    private static String jdk(String xml) throws ParserConfigurationException, SAXException, IOException {
        TreeHandler handler = new TreeHandler();
        SAXParserFactory.newInstance().newSAXParser().parse(new InputSource(new StringReader(xml)), handler);
        return handler.outermost.toString();
    }

    private static final class TreeHandler extends DefaultHandler {

        private record Open(String name, Map<String, String> attributes, StringBuilder text, StringBuilder inner) {}

        private final Deque<Open> open = new ArrayDeque<>();
        private final StringBuilder outermost = new StringBuilder();

        @Override
        public void startElement(String uri, String localName, String qualifiedName, Attributes attributes) {
            Map<String, String> own = new TreeMap<>();
            for (int i = 0; i < attributes.getLength(); i++) {
                String name = attributes.getQName(i);
                if (!name.equals("xmlns") && !name.startsWith("xmlns:") && !name.startsWith("xsi:")) {
                    own.put(local(name), attributes.getValue(i));
                }
            }
            open.push(new Open(local(qualifiedName), own, new StringBuilder(), new StringBuilder()));
        }

        private static String local(String name) {
            return name.substring(name.indexOf(':') + 1);
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            open.element().text().append(characters, start, length);
        }

        @Override
        public void endElement(String uri, String localName, String qualifiedName) {
            Open closed = open.pop();
            StringBuilder outer = open.isEmpty() ? outermost : open.element().inner();
            outer.append(
                    element(closed.name(), closed.attributes(), closed.text().toString(), closed.inner()));
        }
    }
}
