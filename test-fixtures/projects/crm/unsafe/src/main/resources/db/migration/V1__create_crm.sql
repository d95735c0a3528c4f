CREATE SCHEMA IF NOT EXISTS crm;

CREATE TABLE crm.tb_company (
    id bigint GENERATED ALWAYS AS IDENTITY,
    name varchar(200) NOT NULL,
    CONSTRAINT pk_company PRIMARY KEY (id)
);

CREATE TABLE crm.tb_contact (
    id bigint GENERATED ALWAYS AS IDENTITY,
    company_id bigint,
    name varchar(200) NOT NULL,
    email varchar(320) NOT NULL,
    phone varchar(40),
    mobile varchar(40),
    score smallint NOT NULL DEFAULT 0,
    CONSTRAINT pk_contact PRIMARY KEY (id),
    CONSTRAINT fk_contact_company FOREIGN KEY (company_id) REFERENCES crm.tb_company (id)
);
CREATE INDEX ix_contact_company ON crm.tb_contact (company_id);
CREATE INDEX ix_contact_name ON crm.tb_contact (name);

CREATE TABLE crm.tb_deal (
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_id bigint NOT NULL,
    title varchar(200) NOT NULL,
    amount numeric(12, 2) NOT NULL,
    CONSTRAINT pk_deal PRIMARY KEY (id)
);
CREATE INDEX ix_deal_contact ON crm.tb_deal (contact_id);

CREATE TABLE crm.tb_activity (
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_id bigint NOT NULL,
    kind varchar(20) NOT NULL,
    happened_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT pk_activity PRIMARY KEY (id),
    CONSTRAINT fk_activity_contact FOREIGN KEY (contact_id) REFERENCES crm.tb_contact (id)
);
CREATE INDEX ix_activity_contact ON crm.tb_activity (contact_id);

CREATE TABLE crm.tb_note (
    id bigint GENERATED ALWAYS AS IDENTITY,
    contact_id bigint NOT NULL,
    body text NOT NULL,
    CONSTRAINT pk_note PRIMARY KEY (id),
    CONSTRAINT fk_note_contact FOREIGN KEY (contact_id) REFERENCES crm.tb_contact (id)
);
CREATE INDEX ix_note_contact ON crm.tb_note (contact_id);

-- Raw rows of the 2019 migration from the old system, kept for questions.
CREATE TABLE crm.tb_import_2019 (
    line integer NOT NULL,
    content text,
    CONSTRAINT pk_import_2019 PRIMARY KEY (line)
);
