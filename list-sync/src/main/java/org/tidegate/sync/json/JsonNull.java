package org.tidegate.sync.json;

/** JSON's null: a value like others, which no field that we read may have. */
enum JsonNull {
  NULL;

  @Override
  public String toString() {
    return "null";
  }
}
