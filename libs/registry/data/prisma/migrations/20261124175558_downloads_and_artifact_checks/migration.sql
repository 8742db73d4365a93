-- AlterTable
ALTER TABLE "version" ADD COLUMN     "artifact_checks" JSONB NOT NULL DEFAULT '[]';

-- CreateTable
CREATE TABLE "download" (
    "id" TEXT NOT NULL,
    "repo" TEXT NOT NULL,
    "revision" TEXT NOT NULL,
    "commit" TEXT NOT NULL,
    "folder" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "files" JSONB NOT NULL,
    "bytes" BIGINT NOT NULL,
    "downloaded_bytes" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "epoch" INTEGER NOT NULL DEFAULT 0,
    "lease_until" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "download_pkey" PRIMARY KEY ("id")
);

-- What Prisma's schema cannot express.

ALTER TABLE "download" ADD CONSTRAINT "download_state" CHECK ("state" IN ('queued', 'running', 'succeeded', 'failed', 'cancelled'));
ALTER TABLE "download" ADD CONSTRAINT "download_finished" CHECK (("finished_at" IS NOT NULL) = ("state" IN ('succeeded', 'failed', 'cancelled')));

-- Two at once would write into one folder.
CREATE UNIQUE INDEX "download_unfinished" ON "download" ("folder") WHERE "finished_at" IS NULL;
