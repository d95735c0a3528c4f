package dev.lockstep.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names PostgreSQL gives to what has none. */
class GeneratedNamesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    a int PRIMARY KEY                            | t_pkey
                    a int, b int, PRIMARY KEY (a, b)             | t_pkey
                    a int UNIQUE                                 | t_a_key
                    a int, b int, UNIQUE (a, b)                  | t_a_b_key
                    a int, b int, UNIQUE (a) INCLUDE (b)         | t_a_b_key
                    a int CHECK (a > 0)                          | t_a_check
                    a int, CHECK (a > 0 AND a < 9)               | t_a_check
                    a int, b int CHECK (b > a)                   | t_check
                    a int CHECK (true)                           | t_check
                    a int CHECK (a > 0) CHECK (a < 9)            | t_a_check, t_a_check1
                    a int CHECK (a > 0), b int CHECK (b > 0)     | t_a_check, t_b_check
                    a int REFERENCES p                           | t_a_fkey
                    a int, b int, FOREIGN KEY (a, b) REFERENCES p2 | t_a_b_fkey
                    a int REFERENCES p REFERENCES p              | t_a_fkey, t_a_fkey1
                    a int, EXCLUDE USING btree (a WITH =)        | t_a_excl
                    a int, EXCLUDE USING btree ((a + 1) WITH =)  | t_expr_excl
                    a int CONSTRAINT mine CHECK (a > 0) UNIQUE   | mine, t_a_key
                    """)
    void constraints(String elements, String expected) {
        Replayed made = Replayed.of("CREATE TABLE t (" + elements + ")");
        assertThat(made.constraints("t")).containsExactlyInAnyOrder(expected.split(", "));
        List<String> keys = made.table("t").constraints().stream()
                .filter(constraint -> List.of(
                                TableConstraint.Kind.PRIMARY_KEY,
                                TableConstraint.Kind.UNIQUE,
                                TableConstraint.Kind.EXCLUSION)
                        .contains(constraint.kind()))
                .map(TableConstraint::name)
                .sorted()
                .toList();
        assertThat(made.indexes("t")).isEqualTo(keys);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (a)                       | t_a_idx
                    (a, b DESC)               | t_a_b_idx
                    (a) INCLUDE (b)           | t_a_b_idx
                    (lower(c))                | t_lower_idx
                    (a, lower(c))             | t_a_lower_idx
                    (lower(c), lower(c))      | t_lower_lower1_idx
                    ((a + 1))                 | t_expr_idx
                    ((a + 1), (b + 1))        | t_expr_expr1_idx
                    ((a::text))               | t_a_idx
                    (((a + 1)::text))         | t_text_idx
                    ((a::text::varchar))      | t_a_idx
                    ((coalesce(a, b)))        | t_coalesce_idx
                    ((CASE WHEN a > 1 THEN 1 ELSE b END)) | t_b_idx
                    ((CASE WHEN a > 1 THEN 1 END)) | t_case_idx
                    ((c COLLATE "C"))         | t_c_idx
                    ((a - b))                 | t_expr_idx
                    """)
    void indexes(String keys, String expected) {
        Replayed made = Replayed.of("CREATE TABLE t (a int, b int, c text); CREATE INDEX ON t " + keys);
        assertThat(made.indexes("t")).containsExactly(expected);
    }

    @Test
    void aTakenNameIsNumbered() {
        Replayed made = Replayed.of(
                "CREATE TABLE t (a int); CREATE INDEX ON t (a); CREATE INDEX ON t (a); CREATE INDEX ON t (a)");
        assertThat(made.indexes("t")).containsExactly("t_a_idx", "t_a_idx1", "t_a_idx2");
        assertThat(made.then("CREATE TABLE u_pkey (a int); CREATE TABLE u (a int PRIMARY KEY)")
                        .constraints("u"))
                .containsExactly("u_pkey1");
        assertThat(made.then("ALTER TABLE t ADD UNIQUE (a), ADD UNIQUE (a), ADD CHECK (a > 0), ADD CHECK (a > 1)")
                        .constraints("t"))
                .containsExactlyInAnyOrder("t_a_key", "t_a_key1", "t_a_check", "t_a_check1");
    }

    @Test
    void aLongNameIsCutWhereItIsLongest() {
        String table = "t".repeat(63);
        String column = "c".repeat(63);
        Replayed made = Replayed.of("CREATE TABLE " + table + " (" + column + " int UNIQUE CHECK (" + column
                + " > 0), id int PRIMARY KEY); CREATE INDEX ON " + table + " (" + column + ")");
        assertThat(made.constraints(table))
                .containsExactlyInAnyOrder(
                        "t".repeat(58) + "_pkey",
                        "t".repeat(29) + "_" + "c".repeat(29) + "_key",
                        "t".repeat(28) + "_" + "c".repeat(28) + "_check");
        assertThat(made.indexes(table)).contains("t".repeat(29) + "_" + "c".repeat(29) + "_idx");
    }

    @Test
    void aCutNeverSplitsACharacter() {
        String table = "é".repeat(31);
        Replayed made = Replayed.of("CREATE TABLE " + table + " (a int PRIMARY KEY, ab int UNIQUE)");
        assertThat(made.constraints(table))
                .containsExactlyInAnyOrder("é".repeat(29) + "_pkey", "é".repeat(28) + "_ab_key");
    }

    @Test
    void manyColumnsFillTheName() {
        String columns = "column_number_one, column_number_two, column_number_three, column_number_four";
        Replayed made = Replayed.of("CREATE TABLE t (a int); CREATE INDEX ON t (" + columns + ")");
        assertThat(made.indexes("t"))
                .containsExactly("t_column_number_one_column_number_two_column_number_three_c_idx");
    }
}
