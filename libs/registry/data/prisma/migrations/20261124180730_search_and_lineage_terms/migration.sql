-- Made by whoever provisions the database, who alone may; here it is for databases that are made from the migrations alone.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- CreateTable
CREATE TABLE "version_search" (
    "version_id" TEXT NOT NULL,
    "node" SERIAL NOT NULL,
    "model_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "publisher_key" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "licenses" TEXT[],
    "parameters_total" DOUBLE PRECISION,
    "formats" TEXT[],
    "tag_words" TEXT[],

    CONSTRAINT "version_search_pkey" PRIMARY KEY ("version_id")
);

-- CreateTable
CREATE TABLE "lineage_link" (
    "child" INTEGER NOT NULL,
    "parent" INTEGER NOT NULL,

    CONSTRAINT "lineage_link_pkey" PRIMARY KEY ("child","parent")
);

-- CreateTable
CREATE TABLE "version_terms" (
    "node" INTEGER NOT NULL,
    "terms_id" INTEGER,
    "generation" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "version_terms_pkey" PRIMARY KEY ("node")
);

-- CreateTable
CREATE TABLE "lineage_terms" (
    "id" SERIAL NOT NULL,
    "key" TEXT NOT NULL,
    "lineage" JSONB NOT NULL,

    CONSTRAINT "lineage_terms_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "lineage_terms_basis" (
    "id" INTEGER NOT NULL,
    "licenses" JSONB NOT NULL,

    CONSTRAINT "lineage_terms_basis_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "model_tag" (
    "model_name" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "model_tag_pkey" PRIMARY KEY ("model_name","key")
);

-- CreateTable
CREATE TABLE "version_tag" (
    "model_name" TEXT NOT NULL,
    "version" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" TEXT NOT NULL,

    CONSTRAINT "version_tag_pkey" PRIMARY KEY ("model_name","version","key")
);

-- CreateIndex
CREATE UNIQUE INDEX "version_search_node_key" ON "version_search"("node");

-- CreateIndex
CREATE INDEX "version_search_text_idx" ON "version_search" USING GIN ("text" gin_trgm_ops) WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "version_search_tag_words_idx" ON "version_search" USING GIN ("tag_words") WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "version_search_licenses_idx" ON "version_search" USING GIN ("licenses") WITH (fastupdate = off);

-- CreateIndex
CREATE INDEX "version_search_publisher_key_node_idx" ON "version_search"("publisher_key", "node" DESC);

-- CreateIndex
CREATE INDEX "version_search_parameters_total_node_idx" ON "version_search"("parameters_total", "node");

-- CreateIndex
CREATE UNIQUE INDEX "version_search_model_name_version_key" ON "version_search"("model_name", "version");

-- CreateIndex
CREATE INDEX "lineage_link_parent_child_idx" ON "lineage_link"("parent", "child");

-- CreateIndex
CREATE INDEX "version_terms_terms_id_node_idx" ON "version_terms"("terms_id", "node" DESC);

-- CreateIndex
CREATE UNIQUE INDEX "lineage_terms_key_key" ON "lineage_terms"("key");

-- AddForeignKey
ALTER TABLE "version_search" ADD CONSTRAINT "version_search_version_id_fkey" FOREIGN KEY ("version_id") REFERENCES "version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lineage_link" ADD CONSTRAINT "lineage_link_child_fkey" FOREIGN KEY ("child") REFERENCES "version_search"("node") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lineage_link" ADD CONSTRAINT "lineage_link_parent_fkey" FOREIGN KEY ("parent") REFERENCES "version_search"("node") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_terms" ADD CONSTRAINT "version_terms_node_fkey" FOREIGN KEY ("node") REFERENCES "version_search"("node") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_terms" ADD CONSTRAINT "version_terms_terms_id_fkey" FOREIGN KEY ("terms_id") REFERENCES "lineage_terms"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "model_tag" ADD CONSTRAINT "model_tag_model_name_fkey" FOREIGN KEY ("model_name") REFERENCES "model"("name") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "version_tag" ADD CONSTRAINT "version_tag_model_name_version_fkey" FOREIGN KEY ("model_name", "version") REFERENCES "version"("model_name", "version") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What Prisma's schema cannot express.

ALTER TABLE "lineage_terms_basis" ADD CONSTRAINT "lineage_terms_basis_one_row" CHECK ("id" = 1);
INSERT INTO "lineage_terms_basis" ("id", "licenses") VALUES (1, '{}');

CREATE INDEX "version_terms_pending" ON "version_terms" ("node") WHERE "terms_id" IS NULL;

ALTER TABLE "version_search" ADD CONSTRAINT "version_search_formats" CHECK ("formats" <@ ARRAY['gguf', 'safetensors', 'other']);
