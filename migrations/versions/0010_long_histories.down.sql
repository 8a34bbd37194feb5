drop index versions_by_publisher, versions_by_value, versions_by_content;
