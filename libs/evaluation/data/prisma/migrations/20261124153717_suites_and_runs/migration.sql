-- CreateTable
CREATE TABLE "suite" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "definition" JSON NOT NULL,
    "scorers" TEXT[],
    "slices" TEXT[],
    "samples" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "suite_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "suite_samples_check" CHECK ("samples" > 0)
);

-- CreateTable
CREATE TABLE "suite_sample" (
    "suite_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "sample_id" TEXT NOT NULL,
    "sample" JSON NOT NULL,

    CONSTRAINT "suite_sample_pkey" PRIMARY KEY ("suite_id","position")
);

-- CreateTable
CREATE TABLE "run" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "suite_id" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "use_case_id" TEXT NOT NULL,
    "key_id" TEXT,
    "status" TEXT NOT NULL,
    "planned" INTEGER NOT NULL,
    "sent" INTEGER NOT NULL DEFAULT 0,
    "finished" INTEGER NOT NULL DEFAULT 0,
    "taken_sequence" BIGINT NOT NULL DEFAULT 0,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "dispatch" INTEGER NOT NULL DEFAULT 0,
    "summary" JSONB NOT NULL,
    "error" TEXT,
    "blocked_since" TIMESTAMPTZ(3),
    "cancel_pending" BOOLEAN NOT NULL DEFAULT false,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "started_at" TIMESTAMPTZ(3),
    "touched_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "run_status_check" CHECK ("status" IN ('queued', 'running', 'succeeded', 'failed', 'cancelled')),
    CONSTRAINT "run_ended_check" CHECK (("finished_at" IS NULL) = ("status" IN ('queued', 'running'))),
    CONSTRAINT "run_counts_check" CHECK ("planned" > 0 AND "sent" BETWEEN 0 AND "planned" AND "finished" BETWEEN 0 AND "planned")
);

-- CreateTable
CREATE TABLE "sample_result" (
    "run_id" TEXT NOT NULL,
    "sample_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "slice" TEXT,
    "job_id" TEXT,
    "output" JSON,
    "outcome" TEXT NOT NULL,
    "score" DOUBLE PRECISION,
    "parsed" BOOLEAN,
    "reason" TEXT,
    "scores" JSON NOT NULL,
    "input_tokens" INTEGER,
    "cached_input_tokens" INTEGER,
    "cache_write_tokens" INTEGER,
    "output_tokens" INTEGER,
    "reasoning_tokens" INTEGER,
    "cost_usd" DECIMAL(30,12) NOT NULL,
    "duration_ms" DOUBLE PRECISION,

    CONSTRAINT "sample_result_pkey" PRIMARY KEY ("run_id","sample_id"),
    CONSTRAINT "sample_result_outcome_check" CHECK ("outcome" IN ('correct', 'incorrect', 'error') AND ("score" IS NULL) = ("outcome" = 'error')),
    CONSTRAINT "sample_result_cost_check" CHECK ("cost_usd" >= 0)
);

-- CreateIndex
CREATE UNIQUE INDEX "suite_project_id_name_revision_key" ON "suite"("project_id", "name", "revision");

-- CreateIndex
CREATE UNIQUE INDEX "suite_sample_suite_id_sample_id_key" ON "suite_sample"("suite_id", "sample_id");

-- CreateIndex
CREATE INDEX "run_project_id_id_idx" ON "run"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "run_suite_id_id_idx" ON "run"("suite_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "sample_result_run_id_position_key" ON "sample_result"("run_id", "position");

-- AddForeignKey
ALTER TABLE "suite_sample" ADD CONSTRAINT "suite_sample_suite_id_fkey" FOREIGN KEY ("suite_id") REFERENCES "suite"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_suite_id_fkey" FOREIGN KEY ("suite_id") REFERENCES "suite"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "sample_result" ADD CONSTRAINT "sample_result_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "run"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Runs that a consumer has to drive, for the look for stuck ones.
CREATE INDEX "run_open_idx" ON "run"("touched_at") WHERE "status" IN ('queued', 'running');

-- Runs that ended with jobs open at the gateway.
CREATE INDEX "run_cancel_pending_idx" ON "run"("id") WHERE "cancel_pending";

-- Leaderboard and evidence: the newest run of each version on a suite.
CREATE INDEX "run_succeeded_idx" ON "run"("suite_id", "model", "version", "id" DESC) WHERE "status" = 'succeeded';

-- Suites and results never change once written.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END;
$$;

CREATE TRIGGER "suite_unchanged" BEFORE UPDATE ON "suite" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "suite_sample_unchanged" BEFORE UPDATE ON "suite_sample" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "sample_result_unchanged" BEFORE UPDATE ON "sample_result" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
