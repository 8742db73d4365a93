-- CreateTable
CREATE TABLE "registry_state" (
    "id" INTEGER NOT NULL,
    "revision" BIGINT NOT NULL,
    "audit_sequence" BIGINT NOT NULL,
    "audit_hash" TEXT NOT NULL,

    CONSTRAINT "registry_state_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "project" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "unknown_price_policy" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "project_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "project_id" TEXT,
    "use_case_id" TEXT,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "digest" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "requests_per_minute" INTEGER,
    "expires_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "use_case" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "description" TEXT,
    "facts" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "use_case_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model" (
    "name" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "description" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "model_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "version" (
    "id" TEXT NOT NULL,
    "model_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "license" TEXT,
    "license_declared" TEXT,
    "released_on" TEXT,
    "architecture" JSONB,
    "artifacts" JSONB NOT NULL,
    "sources" JSONB NOT NULL,
    "provenance" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "version_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lineage_edge" (
    "child_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "parent_model" TEXT NOT NULL,
    "parent_version" TEXT NOT NULL,
    "relation" TEXT NOT NULL,

    CONSTRAINT "lineage_edge_pkey" PRIMARY KEY ("child_id","position")
);

-- CreateTable
CREATE TABLE "alias" (
    "model_name" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alias_pkey" PRIMARY KEY ("model_name","name")
);

-- CreateTable
CREATE TABLE "deployment" (
    "id" TEXT NOT NULL,
    "model_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "pool" TEXT NOT NULL,
    "weight" INTEGER NOT NULL,
    "concurrency" INTEGER NOT NULL,
    "context_length" BIGINT,
    "default_max_output_tokens" INTEGER NOT NULL,
    "status" TEXT NOT NULL,
    "backend" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "deployment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "approval" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "use_case_id" TEXT NOT NULL,
    "model_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "approved_by" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "approval_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "promotion" (
    "id" TEXT NOT NULL,
    "project_id" TEXT NOT NULL,
    "use_case_id" TEXT NOT NULL,
    "model_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "alias" TEXT NOT NULL,
    "conditions" JSONB NOT NULL,
    "result" JSONB NOT NULL,
    "promoted" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "promotion_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "decision" (
    "inputs_digest" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "inputs" JSONB NOT NULL,
    "decision" JSONB NOT NULL,
    "decided_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "decision_pkey" PRIMARY KEY ("inputs_digest")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "sequence" BIGINT NOT NULL,
    "id" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_key_id" TEXT,
    "project_id" TEXT,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "details" JSONB NOT NULL,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("sequence")
);

-- CreateIndex
CREATE UNIQUE INDEX "api_key_digest_key" ON "api_key"("digest");

-- CreateIndex
CREATE INDEX "api_key_project_id_id_idx" ON "api_key"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "use_case_project_id_id_idx" ON "use_case"("project_id", "id" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "use_case_project_id_name_key" ON "use_case"("project_id", "name");

-- CreateIndex
CREATE INDEX "version_model_name_id_idx" ON "version"("model_name", "id" DESC);

-- CreateIndex
CREATE INDEX "version_license_model_name_idx" ON "version"("license", "model_name");

-- CreateIndex
CREATE UNIQUE INDEX "version_model_name_version_key" ON "version"("model_name", "version");

-- CreateIndex
CREATE INDEX "lineage_edge_parent_model_parent_version_idx" ON "lineage_edge"("parent_model", "parent_version");

-- CreateIndex
CREATE INDEX "alias_model_name_version_idx" ON "alias"("model_name", "version");

-- CreateIndex
CREATE INDEX "deployment_model_name_id_idx" ON "deployment"("model_name", "id" DESC);

-- CreateIndex
CREATE INDEX "deployment_model_name_version_idx" ON "deployment"("model_name", "version");

-- CreateIndex
CREATE INDEX "approval_project_id_id_idx" ON "approval"("project_id", "id" DESC);

-- CreateIndex
CREATE INDEX "approval_use_case_id_model_name_version_expires_at_idx" ON "approval"("use_case_id", "model_name", "version", "expires_at");

-- CreateIndex
CREATE INDEX "approval_expires_at_idx" ON "approval"("expires_at");

-- CreateIndex
CREATE INDEX "approval_model_name_version_idx" ON "approval"("model_name", "version");

-- CreateIndex
CREATE INDEX "promotion_model_name_id_idx" ON "promotion"("model_name", "id" DESC);

-- CreateIndex
CREATE INDEX "promotion_project_id_model_name_id_idx" ON "promotion"("project_id", "model_name", "id" DESC);

-- CreateIndex
CREATE INDEX "promotion_use_case_id_idx" ON "promotion"("use_case_id");

-- CreateIndex
CREATE INDEX "promotion_model_name_version_idx" ON "promotion"("model_name", "version");

-- CreateIndex
CREATE UNIQUE INDEX "audit_entry_id_key" ON "audit_entry"("id");

-- CreateIndex
CREATE INDEX "audit_entry_project_id_sequence_idx" ON "audit_entry"("project_id", "sequence" DESC);

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_use_case_id_fkey" FOREIGN KEY ("use_case_id") REFERENCES "use_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "use_case" ADD CONSTRAINT "use_case_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version" ADD CONSTRAINT "version_model_name_fkey" FOREIGN KEY ("model_name") REFERENCES "model"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lineage_edge" ADD CONSTRAINT "lineage_edge_child_id_fkey" FOREIGN KEY ("child_id") REFERENCES "version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_model_name_fkey" FOREIGN KEY ("model_name") REFERENCES "model"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "alias" ADD CONSTRAINT "alias_model_name_version_fkey" FOREIGN KEY ("model_name", "version") REFERENCES "version"("model_name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_model_name_version_fkey" FOREIGN KEY ("model_name", "version") REFERENCES "version"("model_name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_use_case_id_fkey" FOREIGN KEY ("use_case_id") REFERENCES "use_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "approval" ADD CONSTRAINT "approval_model_name_version_fkey" FOREIGN KEY ("model_name", "version") REFERENCES "version"("model_name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_project_id_fkey" FOREIGN KEY ("project_id") REFERENCES "project"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_use_case_id_fkey" FOREIGN KEY ("use_case_id") REFERENCES "use_case"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "promotion" ADD CONSTRAINT "promotion_model_name_version_fkey" FOREIGN KEY ("model_name", "version") REFERENCES "version"("model_name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot express.

ALTER TABLE "registry_state" ADD CONSTRAINT "registry_state_one_row" CHECK ("id" = 1);
INSERT INTO "registry_state" ("id", "revision", "audit_sequence", "audit_hash") VALUES (1, 1, 0, repeat('0', 64));

ALTER TABLE "project" ADD CONSTRAINT "project_unknown_price_policy" CHECK ("unknown_price_policy" IN ('deny', 'flag'));
ALTER TABLE "api_key" ADD CONSTRAINT "api_key_role" CHECK ("role" IN ('viewer', 'runner', 'editor', 'admin'));
ALTER TABLE "deployment" ADD CONSTRAINT "deployment_status" CHECK ("status" IN ('active', 'paused'));
ALTER TABLE "lineage_edge" ADD CONSTRAINT "lineage_edge_relation" CHECK ("relation" IN ('finetune', 'adapter', 'quantized', 'merge', 'distilled'));

CREATE INDEX "api_key_live" ON "api_key" ("id") WHERE "revoked_at" IS NULL;

CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END
$$;

CREATE TRIGGER "version_never_changes" BEFORE UPDATE OR DELETE ON "version" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "lineage_edge_never_changes" BEFORE UPDATE OR DELETE ON "lineage_edge" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "approval_never_changes" BEFORE UPDATE OR DELETE ON "approval" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "promotion_never_changes" BEFORE UPDATE OR DELETE ON "promotion" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "decision_never_changes" BEFORE UPDATE OR DELETE ON "decision" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entry_never_changes" BEFORE UPDATE OR DELETE ON "audit_entry" FOR EACH ROW EXECUTE FUNCTION "refuse_change"();

CREATE TRIGGER "version_is_kept" BEFORE TRUNCATE ON "version" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "lineage_edge_is_kept" BEFORE TRUNCATE ON "lineage_edge" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "approval_is_kept" BEFORE TRUNCATE ON "approval" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "promotion_is_kept" BEFORE TRUNCATE ON "promotion" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "decision_is_kept" BEFORE TRUNCATE ON "decision" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "audit_entry_is_kept" BEFORE TRUNCATE ON "audit_entry" FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
