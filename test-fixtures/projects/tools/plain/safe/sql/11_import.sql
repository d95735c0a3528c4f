CREATE TABLE import (id bigint, days int[]);
COPY import (id) FROM stdin;
1
2
\.
\if false
DROP TABLE customers;
\endif
SELECT days[1:2] FROM import;
