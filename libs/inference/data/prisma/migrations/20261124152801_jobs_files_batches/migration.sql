-- CreateTable
CREATE TABLE "job" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "key_id" TEXT,
    "use_case_id" TEXT,
    "lane" TEXT NOT NULL,
    "group_id" TEXT,
    "client_key" TEXT,
    "position" INTEGER,
    "model_reference" TEXT NOT NULL,
    "request" JSON,
    "status" TEXT NOT NULL,
    "ticket" JSON,
    "pool" TEXT,
    "dispatch" INTEGER NOT NULL DEFAULT 0,
    "owner" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "attempts" JSON,
    "output" JSON,
    "tokens" JSON,
    "cost_usd" DECIMAL(30,12),
    "error" JSON,
    "tags" JSON NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "dispatched_at" TIMESTAMPTZ(3),
    "started_at" TIMESTAMPTZ(3),
    "finished_at" TIMESTAMPTZ(3),
    "finish_sequence" BIGINT,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "job_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "job_group" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "total" BIGINT NOT NULL DEFAULT 0,
    "finished" BIGINT NOT NULL DEFAULT 0,
    "succeeded" BIGINT NOT NULL DEFAULT 0,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "job_group_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "batch" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "key_id" TEXT,
    "use_case_id" TEXT,
    "endpoint" TEXT NOT NULL,
    "input_file_id" TEXT NOT NULL,
    "completion_window" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "errors" JSON,
    "output_file_id" TEXT,
    "error_file_id" TEXT,
    "metadata" JSON,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "in_progress_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "finalizing_at" TIMESTAMPTZ(3),
    "completed_at" TIMESTAMPTZ(3),
    "failed_at" TIMESTAMPTZ(3),
    "expired_at" TIMESTAMPTZ(3),
    "cancelling_at" TIMESTAMPTZ(3),
    "cancelled_at" TIMESTAMPTZ(3),
    "lease_owner" TEXT,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "batch_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "filename" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "sha256" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "file_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "file_chunk" (
    "file_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,

    CONSTRAINT "file_chunk_pkey" PRIMARY KEY ("file_id","position")
);

-- CreateTable
CREATE TABLE "idempotency_record" (
    "project_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "path" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "fingerprint" TEXT NOT NULL,
    "resource_id" TEXT NOT NULL,
    "lease_until" TIMESTAMPTZ(3),
    "status" INTEGER,
    "headers" JSON,
    "body" BYTEA,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "idempotency_record_pkey" PRIMARY KEY ("project_id","key_id","path","key")
);

-- CreateTable
CREATE TABLE "remote_facts" (
    "name" TEXT NOT NULL,
    "revision" BIGINT NOT NULL,
    "document" JSON NOT NULL,
    "saved_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "remote_facts_pkey" PRIMARY KEY ("name")
);

-- CreateIndex
CREATE INDEX "job_project_id_id_idx" ON "job"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "job_finished_at_idx" ON "job" USING BRIN ("finished_at");

-- CreateIndex
CREATE INDEX "batch_project_id_id_idx" ON "batch"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "file_project_id_id_idx" ON "file"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "idempotency_record_expires_at_idx" ON "idempotency_record"("expires_at");

-- AddForeignKey
ALTER TABLE "file_chunk" ADD CONSTRAINT "file_chunk_file_id_fkey" FOREIGN KEY ("file_id") REFERENCES "file"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot express.

ALTER TABLE "job"
  ADD CONSTRAINT "job_status_known" CHECK ("status" IN ('queued', 'running', 'succeeded', 'failed', 'cancelled', 'expired')),
  ADD CONSTRAINT "job_lane_known" CHECK ("lane" IN ('interactive', 'background', 'batch', 'evaluation')),
  ADD CONSTRAINT "job_finished_is_dated" CHECK (("status" IN ('queued', 'running')) = ("finished_at" IS NULL)),
  ADD CONSTRAINT "job_running_has_owner" CHECK ("status" <> 'running' OR ("owner" IS NOT NULL AND "lease_until" IS NOT NULL AND "ticket" IS NOT NULL));

ALTER TABLE "batch"
  ADD CONSTRAINT "batch_status_known" CHECK ("status" IN ('validating', 'failed', 'in_progress', 'finalizing', 'completed', 'expired', 'cancelling', 'cancelled'));

-- A repeated line or sample is the same job.
CREATE UNIQUE INDEX "job_group_client_key" ON "job" ("group_id", "client_key") WHERE "group_id" IS NOT NULL AND "client_key" IS NOT NULL;
CREATE UNIQUE INDEX "job_group_position" ON "job" ("group_id", "position") WHERE "group_id" IS NOT NULL AND "position" IS NOT NULL;
CREATE UNIQUE INDEX "job_group_finish_sequence" ON "job" ("group_id", "finish_sequence") WHERE "finish_sequence" IS NOT NULL;

-- Lines of batches that wait for their admission.
CREATE INDEX "job_unadmitted" ON "job" ("group_id", "position") WHERE "status" = 'queued' AND "ticket" IS NULL;
-- Admitted jobs that wait for a worker.
CREATE INDEX "job_waiting" ON "job" ("dispatched_at") WHERE "status" = 'queued' AND "ticket" IS NOT NULL;
CREATE INDEX "job_running_lease" ON "job" ("lease_until") WHERE "status" = 'running';
-- Admitted and not finished: the window of a batch.
CREATE INDEX "job_group_outstanding" ON "job" ("group_id") WHERE "status" IN ('queued', 'running') AND "ticket" IS NOT NULL AND "group_id" IS NOT NULL;
CREATE INDEX "job_open_expiry" ON "job" ("expires_at") WHERE "status" IN ('queued', 'running');

CREATE INDEX "batch_open" ON "batch" ("created_at") WHERE "status" IN ('validating', 'in_progress', 'finalizing', 'cancelling');
CREATE INDEX "file_expiry" ON "file" ("expires_at") WHERE "expires_at" IS NOT NULL;
