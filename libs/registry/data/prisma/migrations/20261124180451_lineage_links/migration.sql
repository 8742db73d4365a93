-- AlterTable
ALTER TABLE "version_search" ADD COLUMN     "node" SERIAL NOT NULL;

-- CreateTable
CREATE TABLE "lineage_link" (
    "child" INTEGER NOT NULL,
    "parent" INTEGER NOT NULL,

    CONSTRAINT "lineage_link_pkey" PRIMARY KEY ("child","parent")
);

-- CreateIndex
CREATE INDEX "lineage_link_parent_child_idx" ON "lineage_link"("parent", "child");

-- CreateIndex
CREATE UNIQUE INDEX "version_search_node_key" ON "version_search"("node");

-- AddForeignKey
ALTER TABLE "lineage_link" ADD CONSTRAINT "lineage_link_child_fkey" FOREIGN KEY ("child") REFERENCES "version_search"("node") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "lineage_link" ADD CONSTRAINT "lineage_link_parent_fkey" FOREIGN KEY ("parent") REFERENCES "version_search"("node") ON DELETE RESTRICT ON UPDATE CASCADE;
