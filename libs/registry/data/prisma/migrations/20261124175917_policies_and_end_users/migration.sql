-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "hosted_in" TEXT;

-- AlterTable
ALTER TABLE "use_case" ADD COLUMN     "labels" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "policy_revision" (
    "name" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "description" TEXT,
    "enabled" BOOLEAN NOT NULL,
    "changed_by" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "policy_revision_pkey" PRIMARY KEY ("name","revision")
);

-- CreateTable
CREATE TABLE "end_user_count" (
    "family" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "users" BIGINT NOT NULL,
    "in_force" BIGINT NOT NULL,
    "reported_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "end_user_count_pkey" PRIMARY KEY ("month","family")
);

-- CreateTable
CREATE TABLE "end_user_warning" (
    "family" TEXT NOT NULL,
    "month" TEXT NOT NULL,
    "license" TEXT NOT NULL,
    "clause" TEXT NOT NULL,
    "threshold" BIGINT NOT NULL,
    "step" INTEGER NOT NULL,
    "warned_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "end_user_warning_pkey" PRIMARY KEY ("month","family","license","clause","threshold","step")
);

-- What Prisma's schema cannot express.

ALTER TABLE "deployment" ADD CONSTRAINT "deployment_hosted_in" CHECK ("hosted_in" ~ '^[A-Z]{2}$');
ALTER TABLE "policy_revision" ADD CONSTRAINT "policy_revision_from_1" CHECK ("revision" >= 1);
ALTER TABLE "end_user_count" ADD CONSTRAINT "end_user_count_month" CHECK ("month" ~ '^[0-9]{4}-(0[1-9]|1[0-2])$');
ALTER TABLE "end_user_count" ADD CONSTRAINT "end_user_count_not_negative" CHECK ("users" >= 0 AND "in_force" >= 0);

CREATE TRIGGER "policy_revision_never_changes" BEFORE UPDATE OR DELETE ON "policy_revision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "policy_revision_is_kept" BEFORE TRUNCATE ON "policy_revision" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "end_user_warning_never_changes" BEFORE UPDATE ON "end_user_warning" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
