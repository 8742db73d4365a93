-- AlterTable
ALTER TABLE "job" ADD COLUMN     "callback_url" TEXT;

-- CreateTable
CREATE TABLE "webhook_endpoint" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "url" TEXT,
    "events" TEXT[],
    "description" TEXT,
    "status" TEXT NOT NULL DEFAULT 'active',
    "disabled_reason" TEXT,
    "disabled_at" TIMESTAMPTZ(3),
    "secret_sealed" TEXT NOT NULL,
    "previous_secret_sealed" TEXT,
    "previous_secret_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_endpoint_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_delivery" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "endpoint_id" TEXT NOT NULL,
    "url" TEXT,
    "target" TEXT NOT NULL,
    "event_id" TEXT NOT NULL,
    "event_type" TEXT NOT NULL,
    "subject_id" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'pending',
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "round" INTEGER NOT NULL DEFAULT 0,
    "next_attempt_at" TIMESTAMPTZ(3) DEFAULT CURRENT_TIMESTAMP,
    "dispatch" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "last_status_code" INTEGER,
    "last_error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_delivery_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "webhook_attempt" (
    "delivery_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "duration_ms" INTEGER NOT NULL,
    "status_code" INTEGER,
    "error" TEXT,
    "response_excerpt" TEXT,

    CONSTRAINT "webhook_attempt_pkey" PRIMARY KEY ("delivery_id","number")
);

-- CreateTable
CREATE TABLE "webhook_circuit" (
    "target" TEXT NOT NULL,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "open_until" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "webhook_circuit_pkey" PRIMARY KEY ("target")
);

-- CreateIndex
CREATE INDEX "webhook_endpoint_project_id_id_idx" ON "webhook_endpoint"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_delivery_endpoint_id_id_idx" ON "webhook_delivery"("endpoint_id", "id" DESC);

-- CreateIndex
CREATE INDEX "webhook_delivery_project_id_id_idx" ON "webhook_delivery"("project_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "webhook_delivery_event" ON "webhook_delivery"("endpoint_id", "event_id");

-- AddForeignKey
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_endpoint_id_fkey" FOREIGN KEY ("endpoint_id") REFERENCES "webhook_endpoint"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "webhook_attempt" ADD CONSTRAINT "webhook_attempt_delivery_id_fkey" FOREIGN KEY ("delivery_id") REFERENCES "webhook_delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- What Prisma's schema cannot express.

ALTER TABLE "webhook_endpoint"
  ADD CONSTRAINT "webhook_endpoint_kind_known" CHECK ("kind" IN ('endpoint', 'callbacks')),
  ADD CONSTRAINT "webhook_endpoint_status_known" CHECK ("status" IN ('active', 'disabled')),
  ADD CONSTRAINT "webhook_endpoint_has_url" CHECK (("kind" = 'endpoint') = ("url" IS NOT NULL)),
  ADD CONSTRAINT "webhook_endpoint_previous_secret_ends" CHECK (("previous_secret_sealed" IS NULL) = ("previous_secret_until" IS NULL));

ALTER TABLE "webhook_delivery"
  ADD CONSTRAINT "webhook_delivery_status_known" CHECK ("status" IN ('pending', 'delivered', 'dead')),
  ADD CONSTRAINT "webhook_delivery_pending_is_due" CHECK (("status" = 'pending') = ("next_attempt_at" IS NOT NULL)),
  ADD CONSTRAINT "webhook_delivery_finished_is_dated" CHECK (("status" = 'pending') = ("finished_at" IS NULL));

CREATE UNIQUE INDEX "webhook_endpoint_callbacks" ON "webhook_endpoint" ("project_id") WHERE "kind" = 'callbacks';
-- The receivers that have something to hear, what of it is due first, and what is under way.
CREATE INDEX "webhook_delivery_waiting" ON "webhook_delivery" ("target", "next_attempt_at") WHERE "status" = 'pending' AND "lease_until" IS NULL;
CREATE INDEX "webhook_delivery_under_way" ON "webhook_delivery" ("target", "lease_until") WHERE "status" = 'pending' AND "lease_until" IS NOT NULL;
CREATE INDEX "webhook_delivery_finished" ON "webhook_delivery" ("finished_at") WHERE "status" <> 'pending';
