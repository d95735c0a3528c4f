package dev.lockstep.rules.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.parse.ScriptParser;
import dev.lockstep.sql.AlterAction.AlterColumnType;
import dev.lockstep.sql.Statement.AlterTable;
import dev.lockstep.text.SourceText;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueLossTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            int           | bigint                            | NONE
            bigint        | int                               | FAILS
            int           | smallint                          | FAILS
            numeric(10,2) | bigint                            | CUTS
            varchar(50)   | varchar(100)                      | NONE
            varchar(50)   | text                              | NONE
            varchar(50)   | varchar(20)                       | FAILS
            text          | varchar(20)                       | FAILS
            varchar(50)   | varchar(20) USING c::varchar(20)  | CUTS
            int           | varchar(2)                        | NONE
            numeric(10,2) | numeric(12,2)                     | NONE
            numeric(10,2) | numeric(12,1)                     | CUTS
            numeric(10,2) | numeric(8,2)                      | FAILS
            numeric(10,2) | numeric(10,4)                     | FAILS
            numeric       | numeric(10,2)                     | CUTS
            numeric(10,2) | numeric                           | NONE
            float8        | float4                            | CUTS
            numeric(10,2) | float8                            | CUTS
            timestamp     | timestamp(3)                      | CUTS
            timestamp(3)  | timestamp(6)                      | NONE
            timestamptz   | date                              | CUTS
            timestamp     | timestamptz                       | NONE
            int[]         | smallint[]                        | NONE
            """)
    void tellsWhatBecomesOfValuesThatDoNotFit(String from, String to, ValueLoss expected) {
        AlterColumnType before = change(from);
        AlterColumnType after = change(to);

        assertThat(ValueLoss.of(before.type(), after.type(), after.using())).isEqualTo(expected);
    }

    private static AlterColumnType change(String type) {
        SourceText source = SourceText.of("V1__t.sql", "ALTER TABLE t ALTER c TYPE " + type);
        AlterTable alter =
                (AlterTable) ScriptParser.create().parse(source).statements().get(0);
        return (AlterColumnType) alter.actions().get(0);
    }
}
