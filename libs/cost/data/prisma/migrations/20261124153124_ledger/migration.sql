-- CreateTable
CREATE TABLE "price_entry" (
    "id" UUID NOT NULL,
    "model" TEXT NOT NULL,
    "version" TEXT,
    "deployment_id" UUID,
    "input_usd" DECIMAL(30,12) NOT NULL,
    "cached_input_usd" DECIMAL(30,12),
    "cache_write_usd" DECIMAL(30,12),
    "output_usd" DECIMAL(30,12) NOT NULL,
    "effective_from" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "price_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "budget" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "project_id" UUID NOT NULL,
    "key_id" UUID,
    "use_case_id" UUID,
    "kind" TEXT NOT NULL,
    "period" TEXT NOT NULL,
    "limit_usd" DECIMAL(30,12) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "budget_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "budget_kind_check" CHECK ("kind" IN ('hard', 'soft')),
    CONSTRAINT "budget_period_check" CHECK ("period" IN ('day', 'month', 'total'))
);

-- CreateTable
CREATE TABLE "usage_event" (
    "job_id" UUID NOT NULL,
    "attempt" SMALLINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "project_id" UUID NOT NULL,
    "key_id" UUID,
    "use_case_id" UUID,
    "model" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "deployment_id" UUID NOT NULL,
    "backend" TEXT NOT NULL,
    "lane" TEXT NOT NULL,
    "batch_id" UUID,
    "run_id" UUID,
    "tags" JSONB NOT NULL,
    "outcome" TEXT NOT NULL,
    "settlement" TEXT NOT NULL,
    "input_tokens" INTEGER NOT NULL,
    "cached_input_tokens" INTEGER NOT NULL,
    "cache_write_tokens" INTEGER NOT NULL,
    "output_tokens" INTEGER NOT NULL,
    "reasoning_tokens" INTEGER NOT NULL,
    "price_id" UUID,
    "cost_usd" DECIMAL(30,12) NOT NULL,
    "decision_digest" TEXT,
    "error_code" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "queued_ms" DOUBLE PRECISION NOT NULL,
    "first_token_ms" DOUBLE PRECISION,
    "duration_ms" DOUBLE PRECISION NOT NULL,
    "final" BOOLEAN NOT NULL,
    "budget_accounts" TEXT[],
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "usage_event_pkey" PRIMARY KEY ("job_id","attempt","kind"),
    CONSTRAINT "usage_event_kind_check" CHECK ("kind" IN (0, 1, 2)),
    CONSTRAINT "usage_event_cost_check" CHECK ("cost_usd" >= 0 OR "kind" = 2)
) PARTITION BY RANGE ("job_id");

-- CreateTable
CREATE TABLE "usage_rollup" (
    "project_id" UUID NOT NULL,
    "hour" TIMESTAMPTZ(3) NOT NULL,
    "model" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "use_case_id" UUID NOT NULL,
    "key_id" UUID NOT NULL,
    "lane" TEXT NOT NULL,
    "outcome" TEXT NOT NULL,
    "events" BIGINT NOT NULL,
    "input_tokens" BIGINT NOT NULL,
    "cached_input_tokens" BIGINT NOT NULL,
    "cache_write_tokens" BIGINT NOT NULL,
    "output_tokens" BIGINT NOT NULL,
    "reasoning_tokens" BIGINT NOT NULL,
    "cost_usd" DECIMAL(30,12) NOT NULL,

    CONSTRAINT "usage_rollup_pkey" PRIMARY KEY ("project_id","hour","model","version","use_case_id","key_id","lane","outcome")
) WITH (fillfactor = 70);

-- CreateTable
CREATE TABLE "account_spend" (
    "account_id" TEXT NOT NULL,
    "spent_usd" DECIMAL(30,12) NOT NULL,

    CONSTRAINT "account_spend_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "settlement_outbox" (
    "id" BIGSERIAL NOT NULL,
    "settlements" JSONB NOT NULL,

    CONSTRAINT "settlement_outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "facts_revision" (
    "id" SMALLINT NOT NULL,
    "revision" BIGINT NOT NULL,

    CONSTRAINT "facts_revision_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "price_entry_model_effective_from_idx" ON "price_entry"("model", "effective_from");

-- CreateIndex
CREATE UNIQUE INDEX "budget_project_id_name_key" ON "budget"("project_id", "name");

-- CreateIndex
CREATE INDEX "usage_event_project_id_occurred_at_idx" ON "usage_event"("project_id", "occurred_at");

-- CreateIndex
CREATE INDEX "usage_event_occurred_at_idx" ON "usage_event"("occurred_at");

-- CreateIndex
CREATE INDEX "usage_rollup_hour_idx" ON "usage_rollup"("hour");

INSERT INTO "facts_revision" ("id", "revision") VALUES (1, 0);

-- What is written here never changes: not a price, not an event.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % are never changed or deleted', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "price_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "immutable_all" BEFORE TRUNCATE ON "price_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "immutable" BEFORE UPDATE OR DELETE ON "usage_event" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "immutable_all" BEFORE TRUNCATE ON "usage_event" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- The smallest UUIDv7 of an instant: its first 48 bits are milliseconds since 1970 (RFC 9562 section 5.7).
CREATE FUNCTION "uuid_at"("instant" timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT (lpad(to_hex((extract(epoch FROM "instant") * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- Rows of months that nobody made a partition for.
CREATE TABLE "usage_event_default" PARTITION OF "usage_event" DEFAULT;
CREATE TRIGGER "immutable_all" BEFORE TRUNCATE ON "usage_event_default" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- Makes the partitions of a month (UTC) and of those after it, as far as they are missing; answers how many it made.
-- A month that has rows in the default partition already stays there: it still works, it is only not apart.
CREATE FUNCTION "ensure_usage_partitions"("first_month" date, "months" integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
  month date;
  partition text;
  made integer := 0;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('weighbridge.cost.partitions'));
  FOR ahead IN 0 .. months - 1 LOOP
    month := (date_trunc('month', first_month) + ahead * interval '1 month')::date;
    partition := 'usage_event_' || to_char(month, 'YYYY_MM');
    CONTINUE WHEN to_regclass(quote_ident(partition)) IS NOT NULL;
    BEGIN
      EXECUTE format('CREATE TABLE %I PARTITION OF usage_event FOR VALUES FROM (%L) TO (%L)', partition,
        uuid_at(month::timestamp AT TIME ZONE 'UTC'), uuid_at((month + interval '1 month')::timestamp AT TIME ZONE 'UTC'));
      EXECUTE format('CREATE TRIGGER immutable_all BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()', partition);
      made := made + 1;
    EXCEPTION WHEN check_violation THEN
      RAISE WARNING 'usage events of % are in the default partition already', month;
    END;
  END LOOP;
  RETURN made;
END
$$;
