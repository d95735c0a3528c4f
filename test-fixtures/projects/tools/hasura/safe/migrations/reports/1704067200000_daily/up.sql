CREATE TABLE daily (day date PRIMARY KEY);
