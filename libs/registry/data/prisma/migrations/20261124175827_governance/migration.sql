-- AlterTable
ALTER TABLE "api_key" ADD COLUMN     "created_by" TEXT;

-- AlterTable
ALTER TABLE "deployment" ADD COLUMN     "block" JSONB;

-- AlterTable
ALTER TABLE "model" ADD COLUMN     "owner_id" TEXT;

-- AlterTable
ALTER TABLE "promotion" ADD COLUMN     "change_request_id" TEXT;

-- CreateTable
CREATE TABLE "alias_protection" (
    "model_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "approvals" INTEGER NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alias_protection_pkey" PRIMARY KEY ("model_name","name")
);

-- CreateTable
CREATE TABLE "alias_move" (
    "id" TEXT NOT NULL,
    "model_name" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "from_version" TEXT,
    "to_version" TEXT,
    "kind" TEXT NOT NULL,
    "beneath_id" TEXT,
    "key_id" TEXT,
    "project_id" TEXT,
    "reason" TEXT,
    "promotion_id" TEXT,
    "change_request_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alias_move_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_request" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "project_id" TEXT,
    "requested_by" TEXT NOT NULL,
    "reason" TEXT,
    "model_name" TEXT NOT NULL,
    "version" TEXT,
    "alias" TEXT,
    "from_version" TEXT,
    "move_kind" TEXT,
    "gate" JSONB,
    "use_case_id" TEXT,
    "inputs_digest" TEXT,
    "approvals_needed" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "change_request_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change_verdict" (
    "request_id" TEXT NOT NULL,
    "key_id" TEXT NOT NULL,
    "verdict" TEXT NOT NULL,
    "reason" TEXT,
    "approval_id" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "change_verdict_pkey" PRIMARY KEY ("request_id","key_id")
);

-- CreateTable
CREATE TABLE "approval_revocation" (
    "approval_id" TEXT NOT NULL,
    "revoked_by" TEXT,
    "reason" TEXT,
    "revoked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_revocation_pkey" PRIMARY KEY ("approval_id")
);

-- CreateIndex
CREATE INDEX "alias_move_model_name_alias_id_idx" ON "alias_move"("model_name", "alias", "id" DESC);

-- CreateIndex
CREATE INDEX "change_request_status_id_idx" ON "change_request"("status", "id" DESC);

-- CreateIndex
CREATE INDEX "change_request_project_id_status_id_idx" ON "change_request"("project_id", "status", "id" DESC);

-- CreateIndex
CREATE INDEX "change_request_model_name_alias_status_idx" ON "change_request"("model_name", "alias", "status");

-- CreateIndex
CREATE INDEX "change_request_use_case_id_model_name_version_status_idx" ON "change_request"("use_case_id", "model_name", "version", "status");

-- CreateIndex
CREATE INDEX "audit_entry_action_sequence_idx" ON "audit_entry"("action" text_pattern_ops, "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_subject_sequence_idx" ON "audit_entry"("subject", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_actor_key_id_sequence_idx" ON "audit_entry"("actor_key_id", "sequence" DESC);

-- CreateIndex
CREATE INDEX "audit_entry_at_idx" ON "audit_entry"("at");

-- CreateIndex
CREATE INDEX "model_owner_id_idx" ON "model"("owner_id");

-- AddForeignKey
ALTER TABLE "model" ADD CONSTRAINT "model_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alias_protection" ADD CONSTRAINT "alias_protection_model_name_fkey" FOREIGN KEY ("model_name") REFERENCES "model"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alias_move" ADD CONSTRAINT "alias_move_model_name_fkey" FOREIGN KEY ("model_name") REFERENCES "model"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change_verdict" ADD CONSTRAINT "change_verdict_request_id_fkey" FOREIGN KEY ("request_id") REFERENCES "change_request"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval_revocation" ADD CONSTRAINT "approval_revocation_approval_id_fkey" FOREIGN KEY ("approval_id") REFERENCES "approval"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot express.

ALTER TABLE "alias_protection" ADD CONSTRAINT "alias_protection_approvals" CHECK ("approvals" BETWEEN 1 AND 3);
ALTER TABLE "alias_move" ADD CONSTRAINT "alias_move_kind" CHECK ("kind" IN ('set', 'promotion', 'rollback', 'removal') AND ("to_version" IS NULL) = ("kind" = 'removal'));
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_status" CHECK ("status" IN ('open', 'approved', 'rejected', 'withdrawn'));
ALTER TABLE "change_request" ADD CONSTRAINT "change_request_kind" CHECK (
  "kind" = 'alias' AND "alias" IS NOT NULL AND "move_kind" IN ('set', 'promotion', 'rollback', 'removal') AND ("version" IS NULL) = ("move_kind" = 'removal') AND "use_case_id" IS NULL
  OR "kind" = 'use' AND "use_case_id" IS NOT NULL AND "version" IS NOT NULL AND "inputs_digest" IS NOT NULL AND "alias" IS NULL
);
ALTER TABLE "change_verdict" ADD CONSTRAINT "change_verdict_verdict" CHECK ("verdict" IN ('approved', 'rejected', 'withdrawn'));

CREATE FUNCTION "refuse_change_but_closing"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."status" <> 'open' OR to_jsonb(OLD) - 'status' <> to_jsonb(NEW) - 'status' THEN
    RAISE EXCEPTION 'rows of % change only from open to closed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER "change_request_closes_once" BEFORE UPDATE ON "change_request" FOR EACH ROW EXECUTE FUNCTION "refuse_change_but_closing"();
CREATE TRIGGER "change_request_never_goes" BEFORE DELETE ON "change_request" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "change_verdict_never_changes" BEFORE UPDATE OR DELETE ON "change_verdict" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "alias_move_never_changes" BEFORE UPDATE OR DELETE ON "alias_move" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "approval_revocation_never_changes" BEFORE UPDATE OR DELETE ON "approval_revocation" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "change_request_is_kept" BEFORE TRUNCATE ON "change_request" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "change_verdict_is_kept" BEFORE TRUNCATE ON "change_verdict" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "alias_move_is_kept" BEFORE TRUNCATE ON "alias_move" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "approval_revocation_is_kept" BEFORE TRUNCATE ON "approval_revocation" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- What the audit log knows of the time before: who registered a model, who made a key, and every move of an alias.

UPDATE "model" SET "owner_id" = "entry"."project_id"
FROM "audit_entry" "entry"
WHERE "entry"."action" = 'model.registered' AND "entry"."subject" = "model"."name" AND NOT "entry"."details" ? 'from';

UPDATE "api_key" SET "created_by" = "entry"."actor_key_id"
FROM "audit_entry" "entry"
WHERE "entry"."action" = 'key.created' AND "entry"."subject" = "api_key"."id";

INSERT INTO "alias_move" ("id", "model_name", "alias", "from_version", "to_version", "kind", "beneath_id", "key_id", "project_id", "promotion_id", "at")
SELECT
  'mov_' || substr("entry"."id", 5), split_part("entry"."subject", ':', 1), split_part("entry"."subject", ':', 2), "entry"."details" ->> 'from', "entry"."details" ->> 'to',
  CASE WHEN "entry"."details" ? 'promotion' THEN 'promotion' ELSE 'set' END,
  'mov_' || substr(lag("entry"."id") OVER (PARTITION BY "entry"."subject" ORDER BY "entry"."sequence"), 5),
  "entry"."actor_key_id", "entry"."project_id", "entry"."details" ->> 'promotion', "entry"."at"
FROM "audit_entry" "entry"
JOIN "model" ON "model"."name" = split_part("entry"."subject", ':', 1)
WHERE "entry"."action" = 'alias.moved';
